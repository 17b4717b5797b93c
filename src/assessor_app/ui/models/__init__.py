"""Thin item models over values; tested without a view."""
