"""Organizations as data: who takes part, who meets, by which rules, and what is told about it.

A profile is a folder of TOML and CSV files, described in docs/profiles.md. Two are built in: "osce", facts with their
sources, and "exercise", where everything is invented. Pure: files in, frozen values out.
"""

from corfu.profiles.dated import Dated, Precision, dated
from corfu.profiles.problem import BadProfile, Problem
from corfu.profiles.profile import Profile
from corfu.profiles.reading import BUILT_IN, check, load, words_to_write
from corfu.profiles.standing import Standing
from corfu.profiles.words import Words

__all__ = [
    "BUILT_IN",
    "BadProfile",
    "Dated",
    "Precision",
    "Problem",
    "Profile",
    "Standing",
    "Words",
    "check",
    "dated",
    "load",
    "words_to_write",
]
