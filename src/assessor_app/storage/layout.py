"""What lies where: the names of the store's files and folders."""

from pathlib import Path

STORE = "store"  # in the home
RESTORED = ".store.restored"  # in the home: whole and checked, about to become the store
KEYS = "keys.json"
DATABASE = "store.db"
EVIDENCE = "evidence"
IDENTITY = "signing.p12"
MEMORY = "memory.bin"
PEOPLE = "people"
BACKUPS = "backups"  # in the home, beside the store
PINNED = str(Path("instruments") / "pinned")  # in the home, beside the store
