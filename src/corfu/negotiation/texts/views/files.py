"""Texts as Word files: the rolling text, a delegation's tracked changes, version to version, the clean base."""

from django.urls import URLPattern

urls: list[URLPattern] = []
