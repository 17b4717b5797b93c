"""The device: who can open its store, when it locks, where its copies are, and how it is wiped."""
