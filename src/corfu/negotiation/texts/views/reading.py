"""The register of texts; a text as a critical edition; its versions, any two compared, the concordance table."""

from django.urls import URLPattern

urls: list[URLPattern] = []
