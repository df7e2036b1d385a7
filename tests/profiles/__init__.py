"""Tests of corfu.profiles: organizations as data."""
