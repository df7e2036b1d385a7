"""Addresses of the public pages: each module of views brings its own."""

from corfu.public import about, countries, guide, home, stories, structures, work

app_name = "public"
urlpatterns = [*home.urls, *countries.urls, *structures.urls, *work.urls, *about.urls, *stories.urls, *guide.urls]
