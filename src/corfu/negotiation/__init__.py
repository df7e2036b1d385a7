"""Processes from concern to outcome: their steps and the proposals made in them."""
