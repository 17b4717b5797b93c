"""Instruments as XLSForm workbooks: read into the same form as a YAML file, and written from it."""
