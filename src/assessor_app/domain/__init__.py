"""The assessment method and the record as values and pure functions."""
