"""Meetings of bodies: called, held, and what came of them."""
