"""Addresses of texts."""

from corfu.negotiation.texts.views import brief, desk, editing, files, languages, reading

app_name = "texts"
urlpatterns = [*reading.urls, *editing.urls, *desk.urls, *languages.urls, *files.urls, *brief.urls]
