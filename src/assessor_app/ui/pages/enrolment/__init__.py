"""The first start: who the assessor is, the passphrases, and what was made."""
