"""Field assessment of public-service offices: paper against practice."""
