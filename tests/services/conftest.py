"""One document of the product's own, signed by three, for all who judge or attack it."""

import shutil
from pathlib import Path

import pytest
from tests.signing.own_document import OwnDocument, issue_own

from assessor_app.instruments.library import Library


@pytest.fixture(scope="session")
def own(enrolled: Path, library: Library, tmp_path_factory: pytest.TempPathFactory) -> OwnDocument:
    folder = tmp_path_factory.mktemp("own-document")
    return issue_own(Path(shutil.copytree(enrolled, folder / "home")), library, folder)
