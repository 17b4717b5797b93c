"""What lies where: the names of the store's files and folders."""

from pathlib import Path

STORE = "store"  # in the home
REPLACED = "store.replaced-"  # in the home, and when: what a restore moved aside
RESTORED = ".store.restored"  # in the home: whole and checked, about to become the store
DRAFTS = (".store.being-made", ".store.being-restored")  # in the home: of enrolling, of restoring
KEYS = "keys.json"
DATABASE = "store.db"
EVIDENCE = "evidence"
IDENTITY = "signing.p12"
MEMORY = "memory.bin"
COUNTED = "counted.bin"
PEOPLE = "people"
OUTBOX = "outbox"
BACKUPS = "backups"  # in the home, beside the store
PINNED = str(Path("instruments") / "pinned")  # in the home, beside the store
