"""The way to green: what to repair, what it costs, and what it leads to."""
