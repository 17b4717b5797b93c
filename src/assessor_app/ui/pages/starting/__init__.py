"""How a visit begins: with a walk through the checklist, or at a closed door."""
