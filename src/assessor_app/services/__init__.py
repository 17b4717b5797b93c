"""The verbs of the assessor's day; each changing verb is one transaction."""
