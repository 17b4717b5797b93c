"""Which schema a database has, which program gave it that, and how it is brought to this one's."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.tables import SCHEMA

_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Schema:
    """The form of a database, and the application that gave it that form.

    `written_by` is empty where the database is from before that was kept.
    """

    revision: str
    written_by: str

    @property
    def is_older(self) -> bool:
        return self.revision != SCHEMA and self.revision in known_schemas()

    @property
    def is_newer(self) -> bool:
        """Newer than this program, or of a branch it has never heard of."""
        return self.revision not in known_schemas()


def known_schemas() -> frozenset[str]:
    """Every schema that this program can open or bring up to its own."""
    return frozenset(file.name[:4] for file in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def require_known(schema: Schema, path: Path) -> None:
    """Raise StoreProblem `store_newer` where this program can neither open nor change it."""
    if schema.is_newer:
        # What an equal or older program wrote says nothing of the one that is needed.
        here = app_version()
        needed = schema.written_by if as_number(schema.written_by) > as_number(here) else "?"
        raise StoreProblem(
            "store_newer",
            path=path,
            found=schema.revision,
            known=SCHEMA,
            needed=needed,
            here=here,
        )


def upgrade(connection: sa.Connection) -> None:
    """Bring the tables to the newest schema, inside of the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    # Where a program finds a schema that it does not know, it can name the one that it takes.
    connection.exec_driver_sql(f"PRAGMA user_version={as_number(app_version())}")


def app_version() -> str:
    """The version of this program, as it was installed."""
    from importlib.metadata import version

    return version("assessor-app")


def as_number(version: str) -> int:
    """A version as one number for `user_version`: 1.2.3 is 1002003; 0 for what is none."""
    parts = [part for part in version.split(".")[:3] if part.isdecimal()]
    numbers = [min(int(part), 999) for part in parts] + [0, 0, 0]
    return numbers[0] * 1_000_000 + numbers[1] * 1_000 + numbers[2]


def as_version(number: int) -> str:
    """The inverse of `as_number`; empty for 0."""
    if number <= 0:
        return ""
    return f"{number // 1_000_000}.{number // 1_000 % 1_000}.{number % 1_000}"
