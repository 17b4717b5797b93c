"""Geometry of pictures as plain numbers, drawn by the window and by the report."""
