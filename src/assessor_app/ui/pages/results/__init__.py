"""Results side by side: ranks, zones, years of one institution, and tables taken over."""
