"""Corfu: from a concern or a proposal to a common text, a decision by consensus, and its review.

Copyright the Corfu contributors. Licensed under the EUPL.
"""

__version__ = "0.1.0"
