"""What is told of a storage that does not work, by real servers that do not."""

import secrets
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.syncing.storages import (
    SECRET,
    USER,
    Answer,
    answering,
    s3_address,
    self_signed,
    serving_s3,
    serving_webdav,
)

from assessor_app.syncing.transports.address import Credentials, open_address, read_address
from assessor_app.syncing.transports.answered import read_answer
from assessor_app.syncing.transports.failing import FailingTransport, Failure, every
from assessor_app.syncing.transports.folder import FolderTransport
from assessor_app.syncing.transports.probing import Outcome, ProbeResult, Step, probe
from assessor_app.syncing.transports.transport import Transport, TransportFailed

OWN = Credentials(USER, SECRET)
DONE = (Outcome.DONE,) * 6
KEPT = b'<?xml version="1.0"?><Error><Code>%s</Code><Message>x</Message></Error>'


def now() -> datetime:
    return datetime.now(UTC)


def probed(address: str, credentials: Credentials = OWN) -> ProbeResult:
    transport = open_address(read_address(address), credentials=credentials, retries=0)
    return probe(transport, place=address, now=now)


def outcomes(result: ProbeResult) -> tuple[Outcome, ...]:
    assert tuple(one.step for one in result.tried) == tuple(Step)
    return tuple(one.outcome for one in result.tried)


def told(result: ProbeResult) -> tuple[Step, str]:
    """The first step that failed, and why."""
    assert not result.ok
    assert result.failed is not None
    assert result.failed.problem is not None
    assert SECRET not in str(result.failed.problem)
    return result.failed.step, result.failed.problem.code


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    with serving_s3() as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def webdav_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def webdav_server(webdav_folder: Path) -> Iterator[str]:
    with serving_webdav(webdav_folder) as address:
        yield address


def test_a_good_folder_does_all_and_keeps_nothing(tmp_path: Path) -> None:
    assert outcomes(probed(str(tmp_path), Credentials())) == (*DONE[:5], Outcome.SKIPPED)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_a_good_webdav_folder_does_all_and_keeps_nothing(
    webdav_server: str, webdav_folder: Path
) -> None:
    assert outcomes(probed(f"{webdav_server}/unit")) == DONE
    assert [one for one in webdav_folder.rglob("*") if one.is_file()] == []


def test_a_good_bucket_does_all(s3_server: str) -> None:
    assert outcomes(probed(s3_address(s3_server, "unit"))) == DONE


def test_a_wrong_password_is_told_as_that(webdav_server: str) -> None:
    result = probed(f"{webdav_server}/unit", Credentials(USER, "salah"))

    assert told(result) == (Step.WRITE, "storage_login")
    assert "401" in str(result.failed)


def test_a_share_that_may_only_be_read_is_told_as_that(tmp_path: Path) -> None:
    with serving_webdav(tmp_path, read_only=True) as address:
        (tmp_path / "p" / "probe").mkdir(parents=True)

        assert told(probed(address)) == (Step.WRITE, "storage_forbidden")


def test_a_name_that_nobody_knows_is_told_as_that() -> None:
    assert told(probed("webdavs://cloud.invalid/dav")) == (Step.WRITE, "storage_name_unknown")


def test_a_server_that_is_down_is_told_as_that_and_may_come_back() -> None:
    with answering(Answer()) as place:
        pass  # its port is free again

    result = probed(f"webdav://{place}/dav")

    assert told(result) == (Step.WRITE, "storage_unreachable")
    assert result.failed is not None
    assert isinstance(result.failed.problem, TransportFailed)
    assert result.failed.problem.retry


def test_a_certificate_that_nobody_stands_behind_is_told_and_nothing_is_sent(
    tmp_path: Path,
) -> None:
    with answering(Answer(), certificate=self_signed(tmp_path)) as place:
        result = probed(f"webdavs://{place}/dav")

    assert told(result) == (Step.WRITE, "storage_certificate")
    assert result.failed is not None
    assert result.failed.problem is not None
    assert result.failed.problem.places["cause"] == "UnknownIssuer"


@pytest.mark.parametrize("status", [200, 302])
def test_a_login_page_is_not_taken_for_a_storage(status: int) -> None:
    with answering(Answer(status=status)) as place:
        transport = open_address(read_address(f"webdav://{place}/dav"), credentials=OWN, retries=0)

        assert told(probe(transport, place="x", now=now)) == (Step.WRITE, "storage_page")
        for work in (lambda: transport.size("p/ab/x"), lambda: list(transport.list("m/"))):
            with pytest.raises(TransportFailed) as failed:
                work()
            assert failed.value.code == "storage_page"


def test_a_login_page_is_not_taken_for_a_bucket() -> None:
    with answering(Answer()) as place:
        result = probed(s3_address(f"http://{place}", "unit"))

    assert told(result) == (Step.COMPARE, "storage_lies")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(status=507), "storage_full"),
        (Answer(status=403), "storage_forbidden"),
        (Answer(status=404), "storage_folder_missing"),
        (Answer(status=409), "storage_folder_missing"),
        (Answer(status=413), "storage_other"),
        (Answer(status=423), "storage_other"),
        (Answer(status=503), "storage_unreachable"),
        (Answer(status=429), "storage_unreachable"),
        (Answer(status=599), "storage_unreachable"),
    ],
)
def test_what_a_webdav_server_refuses_to_write_is_told(answer: Answer, code: str) -> None:
    folders = Answer(status=201, body=b"")
    answers = {"MKCOL": folders, "PROPFIND": Answer(status=404)}
    with answering(answer, answers) as place:
        assert told(probed(f"webdav://{place}/dav")) == (Step.WRITE, code)


def test_an_address_that_knows_no_webdav_is_told() -> None:
    with answering(Answer(status=405)) as place:
        assert told(probed(f"webdav://{place}/")) == (Step.WRITE, "storage_page")


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (403, "RequestTimeTooSkewed", "storage_clock"),
        (403, "SignatureDoesNotMatch", "storage_login"),
        (403, "InvalidAccessKeyId", "storage_login"),
        (403, "AccessDenied", "storage_forbidden"),
        (400, "AuthorizationHeaderMalformed", "storage_login"),
        (404, "NoSuchBucket", "storage_folder_missing"),
        (507, "XMinioStorageFull", "storage_full"),
        (403, "QuotaExceeded", "storage_full"),
        (400, "SomethingNew", "storage_other"),
    ],
)
def test_what_s3_says_is_told_by_what_can_be_done(status: int, said: str, code: str) -> None:
    answer = Answer(status=status, body=KEPT % said.encode(), kind="application/xml")
    with answering(answer) as place:
        assert told(probed(s3_address(f"http://{place}", "unit"))) == (Step.WRITE, code)


def test_a_bucket_that_nobody_made_is_told(s3_server: str) -> None:
    address = s3_address(s3_server, "unit", bucket="tidak-ada")

    assert told(probed(address)) == (Step.WRITE, "storage_folder_missing")


@pytest.mark.parametrize("off", [timedelta(days=365), timedelta(days=-365), timedelta(minutes=20)])
def test_clocks_that_are_far_apart_are_told(off: timedelta, webdav_server: str) -> None:
    address = read_address(f"{webdav_server}/unit")
    transport = open_address(address, credentials=OWN, retries=0)

    result = probe(transport, place="x", now=lambda: now() + off)

    assert told(result) == (Step.CLOCK, "storage_clock")
    assert outcomes(result)[:5] == DONE[:5]


def test_some_minutes_between_two_clocks_are_nothing(webdav_server: str) -> None:
    address = read_address(f"{webdav_server}/unit")
    transport = open_address(address, credentials=OWN, retries=0)

    assert probe(transport, place="x", now=lambda: now() + timedelta(minutes=10)).ok


class Timed(FolderTransport):
    """A folder with a clock, of which no more is told than a test wants."""

    def time(self) -> datetime | None:
        if self.root.is_dir():
            raise TransportFailed("storage_forbidden", place=self.place)
        return None


def test_a_clock_that_may_not_be_asked_is_told(tmp_path: Path) -> None:
    result = probe(Timed(tmp_path), place="x", now=now)

    assert told(result) == (Step.CLOCK, "storage_forbidden")


def test_a_date_that_cannot_be_read_says_nothing() -> None:
    transport = Timed(Path("/nowhere"))

    assert outcomes(probe(transport, place="x", now=now))[5] is Outcome.SKIPPED


def test_a_folder_that_is_not_there_is_told_once() -> None:
    result = probed(f"/nowhere/{secrets.token_hex(6)}", Credentials())

    assert told(result) == (Step.WRITE, "storage_folder_missing")
    assert outcomes(result)[1:] == (Outcome.SKIPPED,) * 5


class Keeping:
    """A storage that lets nobody delete, as a bucket with its objects locked."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self.size, self.put = inner.size, inner.put
        self.get, self.list = inner.get, inner.list

    def delete(self, name: str) -> None:
        raise TransportFailed("storage_forbidden", place="x", cause=name)


def test_a_storage_that_deletes_nothing_is_as_good(tmp_path: Path) -> None:
    result = probe(Keeping(FolderTransport(tmp_path)), place="x", now=now)

    assert result.ok
    assert outcomes(result)[4] is Outcome.KEPT


@pytest.mark.parametrize(
    ("verb", "failure", "expected"),
    [
        ("put", Failure.BEFORE, (Step.WRITE, "storage_unreachable")),
        ("put", Failure.DURING, (Step.WRITE, "storage_unreachable")),
        ("put", Failure.LOSES, (Step.READ, "storage_lies")),
        ("put", Failure.WRONG, (Step.COMPARE, "storage_lies")),
        ("get", Failure.BEFORE, (Step.READ, "storage_unreachable")),
        ("get", Failure.WRONG, (Step.COMPARE, "storage_lies")),
        ("get", Failure.OLD, (Step.READ, "storage_lies")),
        ("size", Failure.BEFORE, (Step.COMPARE, "storage_unreachable")),
        ("size", Failure.WRONG, (Step.COMPARE, "storage_lies")),
        ("list", Failure.BEFORE, (Step.LIST, "storage_unreachable")),
        ("list", Failure.WRONG, (Step.LIST, "storage_lies")),
        ("list", Failure.OLD, (Step.LIST, "storage_lies")),
        ("list", Failure.AFTER, (Step.LIST, "storage_unreachable")),
        ("delete", Failure.AFTER, (Step.DELETE, "storage_unreachable")),
    ],
)
def test_a_storage_that_lies_or_breaks_off_is_found_at_that_step(
    tmp_path: Path, verb: str, failure: Failure, expected: tuple[Step, str]
) -> None:
    transport = FailingTransport(FolderTransport(tmp_path), every(verb, failure))

    assert told(probe(transport, place="x", now=now)) == expected


def test_a_storage_that_only_says_that_it_deleted_keeps_the_probe(tmp_path: Path) -> None:
    transport = FailingTransport(FolderTransport(tmp_path), every("delete", Failure.LOSES))

    result = probe(transport, place="x", now=now)

    assert result.ok
    assert outcomes(result)[4] is Outcome.KEPT


@pytest.mark.parametrize(
    "said",
    [
        b"\n\nContext:\n   response: Parts { status: 401, version: HTTP/1.1",
        b"\n\nBacktrace:\n   0: x",
        b"\n\nSource:\n   dns error: invalid peer certificate: UnknownIssuer",
        b'S3Error { code: "AccessNotDenied" }',
        b"propfind response is empty",
        b"\xff\xfe{place}",
    ],
)
def test_what_a_server_writes_in_its_page_passes_for_nothing_else(said: bytes) -> None:
    answer = Answer(status=507, body=said)
    with answering(answer, {"PROPFIND": Answer(status=404), "MKCOL": Answer(status=201)}) as place:
        result = probed(f"webdav://{place}/dav")

    assert told(result) == (Step.WRITE, "storage_full")


def test_what_the_library_tells_of_no_server_is_told_as_it_is() -> None:
    answered = read_answer("Unexpected (permanent) at write => something new\n\nContext:\n   x: y")

    assert (answered.code, answered.cause) == ("storage_other", "something new")
    assert answered.time is None


@pytest.mark.parametrize("date", ["", ', "date": "yesterday"'])
def test_a_server_that_tells_no_time_is_of_no_time(date: str) -> None:
    head = f'{{"server": "x"{date}}}'
    answered = read_answer(
        "NotFound (permanent) at stat => x\n\nContext:\n"
        f"   response: Parts {{ status: 404, version: HTTP/1.1, headers: {head} }}"
    )

    assert (answered.code, answered.time) == ("storage_missing", None)


@pytest.mark.parametrize("address", ["webdav://{}/unit", "s3://kunjungan/unit?endpoint=http://{}"])
def test_a_line_that_breaks_while_it_is_read_is_told_as_down(address: str) -> None:
    with answering(Answer(kind="application/octet-stream", missing=10)) as place:
        transport = open_address(read_address(address.format(place)), credentials=OWN, retries=0)
        with pytest.raises(TransportFailed) as failed:
            transport.get("p/x")

    assert failed.value.code == "storage_unreachable"


def test_what_may_pass_is_tried_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: dict[str, Answer] = {}
    with answering(Answer(status=503), answers) as place:
        transport = open_address(read_address(f"webdav://{place}/unit"), credentials=OWN, retries=2)
        threading.Timer(0.3, lambda: answers.update(GET=Answer(body=b"here"))).start()

        assert transport.get("p/x") == b"here"
