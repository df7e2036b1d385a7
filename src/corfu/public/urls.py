"""Addresses of the public pages: each module of views brings its own."""

from corfu.public import countries, home, structures

app_name = "public"
# Here come work.urls, about.urls and stories.urls.
urlpatterns = [*home.urls, *countries.urls, *structures.urls]
