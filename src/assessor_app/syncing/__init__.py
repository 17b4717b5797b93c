"""Bundles, transports and receipts: the room is kept for the sync issue, nothing is in it yet."""
