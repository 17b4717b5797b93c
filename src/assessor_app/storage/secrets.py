"""Secrets in the encrypted database: what opens a storage, or a seal. No event ever names one."""

import sqlalchemy as sa

from assessor_app.storage.store import Store
from assessor_app.storage.tables import secret


def read_secret(store: Store, name: str) -> bytes | None:
    """What is kept under a name; None where nothing is. Raises StoreProblem as reading does."""
    query = sa.select(secret.c.value).where(secret.c.name == name)
    with store.transaction() as connection:
        found = connection.execute(query).scalar_one_or_none()
    return None if found is None else bytes(found)


def keep_secret(store: Store, name: str, value: bytes) -> None:
    """Keep this under a name, in place of what was there. Raises StoreProblem as writing does."""
    with store.transaction() as connection:
        connection.execute(secret.delete().where(secret.c.name == name))
        connection.execute(secret.insert(), {"name": name, "value": value})


def forget_secret(store: Store, name: str) -> None:
    """Keep nothing under a name any more. Raises StoreProblem as writing does."""
    with store.transaction() as connection:
        connection.execute(secret.delete().where(secret.c.name == name))
