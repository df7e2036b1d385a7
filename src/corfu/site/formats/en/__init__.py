"""English, as the OSCE writes it."""
