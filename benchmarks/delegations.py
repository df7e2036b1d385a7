"""Delegations of States that do not exist: their codes and names."""

from random import Random
from typing import Final

STARTS: Final = "BDFGHJKLMNPRSTVZ"
VOWELS: Final = "AEIOU"
ENDS: Final = "BDGKLMNPRSTVZ"
ENDINGS: Final = ("mara", "vale", "oria", "essa", "unda", "avia", "gard", "ethis", "ovar", "isk", "aum", "elle")
# Codes of this shape that States have (ISO 3166-1 alpha-3).
REAL: Final = frozenset(
    "BEL BEN BES BOL DOM FIN GAB GIB GIN GUM HUN JAM JOR KAZ KEN KIR KOR MAR MUS NAM NER NOR PAK PAN PER POL"
    " RUS SEN SUR SOM TON TUN TUR TUV VAT VEN VIR".split()
)


def delegations(random: Random, count: int) -> dict[str, str]:
    """That many names by code, in the order of the codes."""
    codes = [a + b + c for a in STARTS for b in VOWELS for c in ENDS if a + b + c not in REAL]
    return {code: code.title() + random.choice(ENDINGS) for code in sorted(random.sample(codes, count))}
