"""A picture of a visit as a file of its own: whole or not at all, over nothing that is there."""

from pathlib import Path

from assessor_app.services.destination import require_free
from assessor_app.storage.files import write_whole


def write_picture(path: Path, data: bytes) -> None:
    """Write a picture or a sheet to be handed out.

    Raises IssueProblem `folder_missing` or `file_exists`, StoreProblem as writing does.
    """
    require_free(path)
    write_whole(path, data, mode=0o644)
