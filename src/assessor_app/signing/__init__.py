"""Identities, PAdES signatures and what can be said of them."""
