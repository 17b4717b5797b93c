"""The check before leaving for the field."""
