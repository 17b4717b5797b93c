"""The document: seen, signed, saved, handed over."""
