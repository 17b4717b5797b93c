"""Where a file may be written: into a folder that is there, over nothing that is."""

import os
from pathlib import Path

from assessor_app.domain.problem import IssueProblem, StoreProblem


def require_free(out: Path) -> None:
    """Raise IssueProblem `folder_missing` or `file_exists`, or StoreProblem `not_writable`."""
    if out.is_dir() or not out.parent.is_dir():
        raise IssueProblem("folder_missing", path=out)
    try:
        # Whatever is there already stays: a device, a pipe or a link is nobody's empty file.
        empty = out.is_file() and not out.is_symlink() and out.stat().st_size == 0
        taken = os.path.lexists(out) and not empty
    except OSError as error:
        raise StoreProblem("not_writable", path=out) from error
    if taken:
        raise IssueProblem("file_exists", path=out)
