"""Instrument files to domain values."""
