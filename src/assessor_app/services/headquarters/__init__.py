"""Headquarters: the counterpart that certifies devices, takes visits in and writes back."""
