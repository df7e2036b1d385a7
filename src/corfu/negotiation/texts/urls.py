"""Addresses of texts."""

from corfu.negotiation.texts.views import brief, desk, editing, files, languages, reading

app_name = "texts"
urlpatterns = [*desk.urls, *reading.urls, *editing.urls, *languages.urls, *files.urls, *brief.urls]
