"""The storage that is set: kept encrypted, shown without its secret, opened and tried."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.syncing.storages import SECRET, USER, Answer, answering, serving_webdav
from tests.visiting import PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.sync import place as places
from assessor_app.services.sync.place import (
    Outcome,
    SetStorage,
    Step,
    StorageKind,
    forget_storage,
    kind_of_address,
    open_transport,
    set_storage,
    storage_of,
)
from assessor_app.syncing.transports.folder import FolderTransport
from assessor_app.syncing.transports.throttled import ThrottledTransport

NEXTCLOUD = "webdavs://cloud.example.go.id/remote.php/dav/files/tablet-07/kiriman"


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def refused(work: object) -> str:
    with pytest.raises(StoreProblem) as problem:
        work()  # type: ignore[operator] # a lambda of the test
    assert SECRET not in str(problem.value)
    return problem.value.code


def test_nothing_is_set_at_first(workplace: Workplace) -> None:
    assert storage_of(workplace) is None
    assert refused(lambda: open_transport(workplace)) == "storage_not_set"
    assert refused(lambda: places.test_storage(workplace)) == "storage_not_set"


def test_what_is_set_is_there_after_the_next_unlocking(
    application: Application, workplace: Workplace
) -> None:
    set_storage(workplace, f"{NEXTCLOUD}/", user=USER, secret=SECRET, limit=200)

    again = application.unlock(PASSPHRASE)
    known = storage_of(again)
    again.store.close()

    assert known == SetStorage(NEXTCLOUD, StorageKind.WEBDAV, USER, SECRET, 200)
    assert SECRET not in repr(known)


def test_the_secret_lies_nowhere_in_the_clear_and_in_no_event(
    workplace: Workplace, home: Path
) -> None:
    set_storage(workplace, NEXTCLOUD, user=USER, secret=SECRET)

    for file in home.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert SECRET.encode() not in content, file
            assert b"cloud.example.go.id" not in content, file
    told = str(workplace.store.log.heads("store"))
    assert SECRET not in told
    assert "cloud.example" not in told


def test_a_new_storage_takes_nothing_over_from_the_one_before(
    workplace: Workplace, usb: Path
) -> None:
    set_storage(workplace, NEXTCLOUD, user=USER, secret=SECRET, limit=200)

    set_storage(workplace, str(usb))

    assert storage_of(workplace) == SetStorage(str(usb), StorageKind.FOLDER)


def test_what_is_forgotten_is_gone(workplace: Workplace, usb: Path) -> None:
    set_storage(workplace, str(usb))

    forget_storage(workplace)
    forget_storage(workplace)

    assert storage_of(workplace) is None


@pytest.mark.parametrize(
    ("url", "given", "code"),
    [
        (NEXTCLOUD, {}, "storage_user_missing"),
        (NEXTCLOUD, {"user": USER}, "storage_user_missing"),
        (NEXTCLOUD, {"secret": SECRET}, "storage_user_missing"),
        (NEXTCLOUD, {"user": "", "secret": ""}, "storage_user_missing"),
        ("s3://kunjungan?region=x", {}, "storage_user_missing"),
        ("/media/usb", {"user": USER, "secret": SECRET}, "storage_credentials_unused"),
        ("/media/usb", {"limit": 0}, "storage_limit_unfit"),
        ("/media/usb", {"limit": -1}, "storage_limit_unfit"),
        ("/media/usb", {"limit": True}, "storage_limit_unfit"),
        (f"https://siti:{SECRET}@cloud.example.go.id/x", {}, "storage_address_secret"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    workplace: Workplace, usb: Path, url: str, given: dict[str, str], code: str
) -> None:
    set_storage(workplace, str(usb), limit=5)

    assert refused(lambda: set_storage(workplace, url, **given)) == code  # type: ignore[arg-type] # wrong on purpose
    assert storage_of(workplace) == SetStorage(str(usb), StorageKind.FOLDER, limit=5)


def test_a_storage_out_of_reach_can_be_set_at_the_office_desk(workplace: Workplace) -> None:
    set_storage(workplace, "/media/not-plugged-in")

    assert storage_of(workplace) is not None


def test_a_limit_holds_for_what_is_opened(workplace: Workplace, usb: Path) -> None:
    set_storage(workplace, str(usb))
    assert isinstance(open_transport(workplace), FolderTransport)

    set_storage(workplace, str(usb), limit=200)
    slow = open_transport(workplace)
    slower = open_transport(workplace, limit=50)

    assert isinstance(slow, ThrottledTransport)
    assert isinstance(slower, ThrottledTransport)
    assert (slow.limit, slower.limit) == (200_000, 50_000)


def test_the_set_secret_opens_its_own_storage_and_no_other(
    workplace: Workplace, tmp_path: Path
) -> None:
    with serving_webdav(tmp_path) as address:
        set_storage(workplace, f"{address}/kiriman", user=USER, secret=SECRET)

        open_transport(workplace).put("m/x", b"y")
        assert open_transport(workplace, f"{address}/kiriman/").get("m/x") == b"y"
        assert open_transport(workplace, f"{address}/kiriman", user=USER).size("m/x") == 1
        other = f"{address}/lain"
        assert refused(lambda: open_transport(workplace, other)) == "storage_user_missing"
        own = f"{address}/kiriman"
        somebody = refused(lambda: open_transport(workplace, own, user="somebody"))
        assert somebody == "storage_user_missing"


def test_the_set_storage_is_tried_and_another_one_too(workplace: Workplace, usb: Path) -> None:
    set_storage(workplace, "/media/not-plugged-in")

    missing = places.test_storage(workplace)
    good = places.test_storage(workplace, str(usb))

    assert missing.failed is not None
    assert missing.failed.step is Step.WRITE
    assert good.ok


def test_a_device_whose_clock_is_a_year_off_is_told(workplace: Workplace, tmp_path: Path) -> None:
    """The store's clock of the tests stands in November 2026; the server's is today's."""
    off = workplace.store.clock.now() - datetime.now(UTC) - timedelta(days=365)
    answers = {"PROPFIND": Answer(status=404, off=off)}
    with answering(Answer(status=201, off=off), answers) as place:
        result = places.test_storage(workplace, f"webdav://{place}/x", user=USER, secret=SECRET)

    clock = result.tried[-1]
    assert clock.outcome is Outcome.FAILED
    assert clock.problem is not None
    assert clock.problem.code == "storage_clock"


def test_the_kind_of_an_address_is_known_before_a_secret_is_asked_for() -> None:
    assert kind_of_address("/media/usb") is StorageKind.FOLDER
    assert kind_of_address(NEXTCLOUD) is StorageKind.WEBDAV
