"""Channels for complaints: what the unit announces, and what becomes of it when one tries it."""
