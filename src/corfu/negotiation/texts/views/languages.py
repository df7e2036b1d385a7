"""A text in its languages: side by side, what is behind, what a translator has to do."""

from django.urls import URLPattern

urls: list[URLPattern] = []
