"""Asking for changes: a paragraph's own page, its editing, files with tracked changes, amendments, where words went."""

from django.urls import URLPattern

urls: list[URLPattern] = []
