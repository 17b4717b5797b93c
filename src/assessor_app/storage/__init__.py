"""The encrypted store: events, projections, keys and evidence files."""
