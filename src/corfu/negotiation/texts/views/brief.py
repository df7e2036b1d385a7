"""My brief: what changed, where my words went, what waits for me."""

from django.urls import URLPattern

urls: list[URLPattern] = []
