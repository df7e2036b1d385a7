"""Texts under negotiation: their versions, amendments, positions, suggestions, languages."""
