"""Who can open the store, and how that is recorded."""
