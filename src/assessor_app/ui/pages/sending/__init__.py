"""Sending to headquarters, and what has come from it."""
