"""Whether device and store are ready for the field: measured here, judged in the domain."""
