"""The record: signed acts in a transparency log, in published formats that tools written by others can check.

Pure: no framework, no database, no clock, no file; the standard library and PyNaCl only. Every parser and checker
returns a value, or a `Refused` that names the rule (`corfu.record.refusal`); none raises on bad input.
"""
