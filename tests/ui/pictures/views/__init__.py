"""The views, a file for each part of the product: all are found by themselves."""
