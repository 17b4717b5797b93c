"""A file that somebody named, opened for reading: only a regular one: a pipe may never begin."""

from pathlib import Path
from typing import BinaryIO

from assessor_app.domain.problem import StoreProblem


def opened(path: Path) -> BinaryIO:
    """The open file. Raises StoreProblem `given_missing`, `given_no_file` or `given_unreadable`."""
    try:
        if not path.exists():
            raise StoreProblem("given_missing", path=path)
        if not path.is_file():
            raise StoreProblem("given_no_file", path=path)
        return path.open("rb")
    except OSError as error:
        cause = error.strerror or error
        raise StoreProblem("given_unreadable", path=path, cause=cause) from error


def content_of(path: Path, *, most: int = -1) -> bytes:
    """What is in a file that somebody named, or its first `most` bytes. Raises as `opened`."""
    try:
        with opened(path) as file:
            return file.read(most)
    except OSError as error:
        cause = error.strerror or error
        raise StoreProblem("given_unreadable", path=path, cause=cause) from error
