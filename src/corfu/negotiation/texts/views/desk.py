"""The chair's desk: opening a text, suggesting, disposing of what is open, issuing the next version."""

from django.urls import URLPattern

urls: list[URLPattern] = []
