"""Dumb parts of the pages: a value in, a signal out; every text is handed to them final."""
