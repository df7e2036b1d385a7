"""Bytes in, values or bytes out: one room for each file format. Pure: no database, no clock, no network."""
