"""Identities: a key made here, asked for, certified by a real authority, and replaced in time."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from tests.conftest import SteppingClock
from tests.signing.office import Office, bundle, der, pem
from tests.signing.people import NOW, YEAR
from tests.visiting import PASSPHRASE, SIGNING_PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.problem import IdentityProblem, Problem, StoreProblem
from assessor_app.services import identity_changes, identity_record
from assessor_app.services.backup import back_up, restore
from assessor_app.services.checking.identities import check_identities
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.identities import (
    days_until,
    expiry_notice,
    identity_file,
    open_identity,
)
from assessor_app.services.identity_known import Known, identities, own_identity
from assessor_app.services.keys.access import add_assessor, remove_assessor
from assessor_app.signing.issuers import Standing
from assessor_app.storage.differences import look_at
from assessor_app.storage.files import write_whole
from assessor_app.storage.identity_files import identity_files_in, put_in_place, stage
from assessor_app.storage.log import Draft

OTHERS, THEIR_SIGNING = "milik Budi sendiri", "tanda tangan Budi"


@pytest.fixture(autouse=True)
def quick_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's own 600,000 rounds are tried in tests/signing."""
    monkeypatch.setattr("assessor_app.signing.identity._KDF_ROUNDS", 1000)


@pytest.fixture(scope="module")
def office() -> Office:
    return Office()


@pytest.fixture
def csr(workplace: Workplace, tmp_path: Path) -> bytes:
    """The request of a key that waits from now on."""
    return asked(workplace, tmp_path)


@pytest.fixture
def colleague(workplace: Workplace, application: Application) -> Iterator[Workplace]:
    """A second assessor at work, who got their identity when they joined."""
    add_assessor(workplace, budi(workplace), OTHERS, signing=THEIR_SIGNING)
    opened = application.unlock(OTHERS)
    yield opened
    opened.store.close()


@pytest.fixture
def newcomer(workplace: Workplace, application: Application) -> Iterator[Workplace]:
    """A second assessor at work who has no identity yet."""
    add_assessor(workplace, budi(workplace), OTHERS)
    opened = application.unlock(OTHERS)
    yield opened
    opened.store.close()


def budi(workplace: Workplace) -> Profile:
    office, zone = "Ombudsman RI Perwakilan Maluku", workplace.profile.zone
    return Profile("Budi Santoso", office, None, "Asisten", zone)


def asked(workplace: Workplace, folder: Path, name: str = "minta.csr", **more: bool) -> bytes:
    out = folder / name
    identity_changes.request_certificate(workplace, SIGNING_PASSPHRASE, out=out, **more)
    return out.read_bytes()


def imported(
    workplace: Workplace, folder: Path, answer: bytes, passphrase: str = SIGNING_PASSPHRASE
) -> identity_changes.Imported:
    path = folder / "jawaban"
    path.write_bytes(answer)
    return identity_changes.import_certificate(workplace, path, passphrase)


def known(workplace: Workplace, *roots: bytes) -> Known:
    return own_identity(workplace, roots=roots, now=NOW)


def files(workplace: Workplace) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in identity_files_in(workplace.store.folder)}


def events(workplace: Workplace) -> int:
    return sum(1 for _ in workplace.store.log.stored(STORE))


def noticed(workplace: Workplace) -> list[str]:
    store = workplace.store
    read = look_at(store.engine, store.folder, STORE, keys={})
    return [one.code for one in check_identities(store, read)]


# What is known without a passphrase


def test_the_identity_of_the_enrolment_is_told_without_its_passphrase(workplace: Workplace) -> None:
    one = known(workplace)

    assert one.path == workplace.store.identity_path
    assert one.facts is not None
    assert one.facts.common_name == workplace.profile.name
    assert one.standing is Standing.TRIAL
    assert one.days_left(NOW, zone=workplace.profile.zone) in (364, 365)


def test_nothing_secret_is_in_the_record(workplace: Workplace, csr: bytes) -> None:
    identity = open_identity(workplace, SIGNING_PASSPHRASE, now=NOW)
    bodies = b"".join(link.body for link in workplace.store.log.stored(STORE))

    assert identity.key.hex().encode() not in bodies
    assert identity_record.kept_of(workplace.store, workplace.store.assessor).certificate


def test_each_assessor_signs_with_their_own_identity(
    workplace: Workplace, colleague: Workplace
) -> None:
    own = open_identity(workplace, SIGNING_PASSPHRASE, now=NOW)
    theirs = open_identity(workplace, THEIR_SIGNING, assessor=colleague.store.assessor, now=NOW)

    assert own.common_name == workplace.profile.name
    assert theirs.common_name == "Budi Santoso"
    assert identity_file(workplace, colleague.store.assessor) == identity_file(colleague)
    assert identity_file(colleague) != identity_file(workplace)
    with pytest.raises(IdentityProblem, match="identity_passphrase_wrong"):
        open_identity(colleague, SIGNING_PASSPHRASE, now=NOW)
    assert noticed(workplace) == []


def test_who_joined_without_an_identity_makes_it_alone(
    workplace: Workplace, newcomer: Workplace
) -> None:
    with pytest.raises(IdentityProblem, match="identity_none"):
        open_identity(newcomer, THEIR_SIGNING, now=NOW)
    made = identity_changes.new_identity(newcomer, THEIR_SIGNING)

    assert made.former is None
    assert open_identity(newcomer, THEIR_SIGNING, now=NOW).is_trial
    assert [one.standing for one in identities(workplace, roots=(), now=NOW)] == [
        Standing.TRIAL,
        Standing.TRIAL,
    ]


def test_a_file_that_no_event_names_signs_for_nobody(
    workplace: Workplace, newcomer: Workplace
) -> None:
    shutil.copy(workplace.store.identity_path, identity_file(newcomer))

    with pytest.raises(IdentityProblem, match="identity_none"):
        open_identity(newcomer, SIGNING_PASSPHRASE, now=NOW)
    assert noticed(workplace) == ["identities_unnamed"]


def test_an_assessor_who_lost_the_access_stays_named_with_their_identity(
    workplace: Workplace, colleague: Workplace
) -> None:
    remove_assessor(workplace, colleague.store.assessor)

    listed = identities(workplace, roots=(), now=NOW)

    assert [one.facts.common_name for one in listed if one.facts] == [
        workplace.profile.name,
        "Budi Santoso",
    ]


# The request


def test_the_request_proves_possession_and_asks_for_signing_alone(
    workplace: Workplace, csr: bytes
) -> None:
    read = x509.load_pem_x509_csr(csr)
    usage = read.extensions.get_extension_for_class(x509.KeyUsage).value
    subject = {one.rfc4514_attribute_name: one.value for one in read.subject}
    public = read.public_key()

    assert read.is_signature_valid
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert public.curve.name == "secp256r1"
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert subject["CN"] == workplace.profile.name
    assert workplace.profile.nip in subject.values()


def test_the_private_key_stays_sealed_beside_the_present_identity(
    workplace: Workplace, csr: bytes
) -> None:
    waiting = workplace.store.folder / "signing.request.p12"

    assert b"PRIVATE" not in csr
    assert waiting.stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="password"):
        key_inside(waiting.read_bytes(), "salah")
    assert key_inside(waiting.read_bytes(), SIGNING_PASSPHRASE) is not None
    assert open_identity(workplace, SIGNING_PASSPHRASE, now=NOW).is_trial


def key_inside(p12: bytes, passphrase: str) -> object:
    return pkcs12.load_pkcs12(p12, passphrase.encode()).key


def test_asked_again_it_is_the_same_key_unless_another_is_wanted(
    workplace: Workplace, csr: bytes, tmp_path: Path
) -> None:
    def key(request: bytes) -> object:
        return x509.load_pem_x509_csr(request).public_key()

    before = events(workplace)

    assert key(asked(workplace, tmp_path, "lagi.csr")) == key(csr)
    assert events(workplace) == before
    assert key(asked(workplace, tmp_path, "baru.csr", new_key=True)) != key(csr)
    assert noticed(workplace) == []


def test_a_request_under_a_wrong_passphrase_or_over_a_file_changes_nothing(
    workplace: Workplace, tmp_path: Path
) -> None:
    taken = tmp_path / "ada.csr"
    taken.write_text("milik orang lain")
    before = files(workplace), events(workplace)

    with pytest.raises(IdentityProblem, match="identity_passphrase_wrong"):
        identity_changes.request_certificate(workplace, "salah", out=tmp_path / "x.csr")
    with pytest.raises(Problem, match="file_exists"):
        identity_changes.request_certificate(workplace, SIGNING_PASSPHRASE, out=taken)

    assert (files(workplace), events(workplace)) == before
    assert not (tmp_path / "x.csr").exists()


# The answer


def forms(office: Office, leaf: x509.Certificate) -> dict[str, bytes]:
    above = office.issuing_certificate
    return {
        "pem": pem(leaf),
        "der": der(leaf),
        "chain": pem(leaf, above, office.root_certificate),
        "upside down": pem(office.root_certificate, above, leaf),
        "pkcs7 der": bundle(leaf, above, encoding=Encoding.DER),
        "pkcs7 pem": bundle(above, leaf, encoding=Encoding.PEM),
    }


@pytest.mark.parametrize("form", ["pem", "der", "chain", "upside down", "pkcs7 der", "pkcs7 pem"])
def test_an_answer_in_any_usual_form_signs_from_now_on(
    workplace: Workplace, office: Office, csr: bytes, tmp_path: Path, form: str
) -> None:
    leaf = office.answer(csr)
    made = imported(workplace, tmp_path, forms(office, leaf)[form])

    identity = open_identity(workplace, SIGNING_PASSPHRASE, now=NOW)
    assert identity.certificate == der(leaf)
    assert identity.issuer == "Penerbit Ombudsman RI"
    assert not identity.is_trial
    assert made.not_after == NOW + YEAR
    alone = form in ("pem", "der")
    assert bool(identity.chain) is not alone
    assert known(workplace).standing is Standing.OFFICE
    assert known(workplace).request is None
    assert not (workplace.store.folder / "signing.request.p12").exists()
    assert noticed(workplace) == []


def test_the_identity_before_is_kept_aside_and_still_opens(
    workplace: Workplace, office: Office, csr: bytes, tmp_path: Path
) -> None:
    before = workplace.store.identity_path.read_bytes()

    made = imported(workplace, tmp_path, pem(office.answer(csr)))

    assert made.former is not None
    assert made.former.read_bytes() == before
    assert known(workplace).formers == (made.former,)


def test_an_identity_below_a_pinned_root_is_trusted(
    workplace: Workplace, office: Office, csr: bytes, tmp_path: Path
) -> None:
    imported(workplace, tmp_path, pem(office.answer(csr), office.issuing_certificate))
    other = Office()

    assert known(workplace, pem(office.root_certificate)).standing is Standing.TRUSTED
    assert known(workplace, der(office.root_certificate)).standing is Standing.TRUSTED
    assert known(workplace, pem(other.root_certificate)).standing is Standing.OFFICE


def test_names_and_numbers_are_one_however_they_are_written(
    workplace: Workplace, office: Office, csr: bytes, tmp_path: Path
) -> None:
    leaf = office.answer(csr, name="SITI RAHMA, S.H.", number="198501012010012001")

    assert imported(workplace, tmp_path, pem(leaf)).name == "SITI RAHMA, S.H."


def _another_key(office: Office, csr: bytes) -> bytes:
    return pem(office.answer(csr, key=ec.generate_private_key(ec.SECP256R1()).public_key()))


def _broken_issuer(office: Office, csr: bytes) -> bytes:
    return pem(office.answer(csr), Office().issuing_certificate)


def _sha1(office: Office, csr: bytes) -> bytes:
    """By the name of the algorithm alone: nothing of today signs so any more."""
    read = Certificate.load(der(office.answer(csr)))
    for place in (read["tbs_certificate"]["signature"], read["signature_algorithm"]):
        place["algorithm"] = "sha1_ecdsa"
    return bytes(read.dump(force=True))


REFUSED: dict[str, Callable[[Office, bytes], bytes]] = {
    "answer_of_another_person": lambda office, csr: pem(office.answer(csr, name="Budi Santoso")),
    "answer_of_another_person ": lambda office, csr: pem(office.answer(csr, number="1")),
    "answer_of_another_key": _another_key,
    "answer_expired": lambda office, csr: pem(
        office.answer(csr, start=NOW - 2 * YEAR, end=NOW - YEAR)
    ),
    "answer_not_yet_valid": lambda office, csr: pem(
        office.answer(csr, start=NOW + YEAR, end=NOW + 2 * YEAR)
    ),
    "answer_weak": _sha1,
    "answer_wrong_usage": lambda office, csr: pem(
        office.answer(csr, usage=x509.KeyUsage(*[True], *[False] * 8))
    ),
    "answer_is_authority": lambda office, _: pem(office.root_certificate),
    "answer_is_authority ": lambda office, csr: pem(
        office.answer(csr, authority=True, usage=x509.KeyUsage(*[True] * 7, *[False] * 2))
    ),
    "answer_issuer_broken": _broken_issuer,
    "answer_unreadable": lambda *_: b"bukan sertifikat",
    "answer_unreadable ": lambda _, csr: csr,
    "answer_unreadable  ": lambda *_: b"",
    "answer_unreadable   ": lambda office, csr: pem(office.answer(csr)) * 3000,
}


@pytest.mark.parametrize("code", REFUSED)
def test_an_answer_that_is_not_for_this_key_and_person_changes_nothing(
    workplace: Workplace, office: Office, csr: bytes, tmp_path: Path, code: str
) -> None:
    before = files(workplace), events(workplace)

    with pytest.raises(IdentityProblem) as refused:
        imported(workplace, tmp_path, REFUSED[code](office, csr))

    assert refused.value.code == code.strip()
    assert (files(workplace), events(workplace)) == before
    assert open_identity(workplace, SIGNING_PASSPHRASE, now=NOW).is_trial


def test_a_wrong_passphrase_or_a_missing_request_changes_nothing(
    workplace: Workplace, office: Office, tmp_path: Path
) -> None:
    request = asked(workplace, tmp_path)
    before = files(workplace), events(workplace)

    with pytest.raises(IdentityProblem, match="identity_passphrase_wrong"):
        imported(workplace, tmp_path, pem(office.answer(request)), "salah")
    assert (files(workplace), events(workplace)) == before

    imported(workplace, tmp_path, pem(office.answer(request)))
    with pytest.raises(IdentityProblem, match="request_missing"):
        imported(workplace, tmp_path, pem(office.answer(request)))


@pytest.mark.parametrize("failing", [1, 2])
def test_a_full_disk_changes_nothing(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """At each of the files that it writes."""
    answer = pem(Office().answer(asked(workplace, tmp_path)))
    before, calls = files(workplace), list[Path]()

    def full(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) == failing:
            raise StoreProblem("disk_full", path=path)
        write_whole(path, content)

    monkeypatch.setattr("assessor_app.storage.identity_files.write_whole", full)
    with pytest.raises(StoreProblem, match="disk_full"):
        imported(workplace, tmp_path, answer)

    assert files(workplace) == before
    assert noticed(workplace) == []


def test_what_another_program_recorded_meanwhile_is_not_overwritten(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(workplace)

    def staging(path: Path, content: bytes) -> Path:
        workplace.store.log.append(Draft(STORE, EventKind.SETTING_CHANGED, {("setting", "x"): 1}))
        return stage(path, content)

    monkeypatch.setattr(identity_record, "stage", staging)
    with pytest.raises(StoreProblem, match="keys_moved_on"):
        asked(workplace, tmp_path)

    assert files(workplace) == before
    assert not (tmp_path / "minta.csr").exists()


def test_what_a_crash_cut_off_after_its_event_is_ended_at_the_next_opening(
    workplace: Workplace, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity_record, "put_in_place", lambda *_: None)
    identity_changes.change_signing_passphrase(workplace, SIGNING_PASSPHRASE, "frasa yang baru")
    monkeypatch.undo()
    assert noticed(workplace) == ["identity_changed"]

    again = application.unlock(PASSPHRASE)

    assert noticed(again) == []
    assert [*files(again)] == ["signing.p12"]
    assert open_identity(again, "frasa yang baru", now=NOW)
    again.store.close()


@pytest.mark.parametrize("placed", [0, 1, 2])
def test_wherever_a_crash_comes_while_an_answer_takes_its_place_no_key_is_lost(
    workplace: Workplace,
    application: Application,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    placed: int,
) -> None:
    """After its event: so many files have their place, and what waited is there still."""
    before, answer = files(workplace)["signing.p12"], Office().answer(asked(workplace, tmp_path))
    done = list[Path]()

    def until_the_crash(staged: Path, path: Path) -> None:
        if len(done) < placed:
            done.append(path)
            put_in_place(staged, path)

    with monkeypatch.context() as patched:
        patched.setattr(identity_record, "put_in_place", until_the_crash)
        patched.setattr(identity_record, "take_away", lambda _: None)
        imported(workplace, tmp_path, pem(answer))
    for one in identity_files_in(workplace.store.folder):
        os.utime(one, (0, 0))  # the device stayed off for a while
    again = application.unlock(PASSPHRASE)

    (former,) = known(again).formers
    assert former.read_bytes() == before
    assert not open_identity(again, SIGNING_PASSPHRASE, now=NOW).is_trial
    assert len(files(again)) == 2
    assert noticed(again) == []
    again.store.close()


def test_a_place_that_is_held_for_long_costs_no_key(
    workplace: Workplace, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by another program on Windows: the new file waits, however often the store is opened."""
    with monkeypatch.context() as patched:
        patched.setattr(identity_record, "put_in_place", lambda *_: None)
        patched.setattr("assessor_app.storage.identity_files.put_in_place", lambda *_: None)
        identity_changes.change_signing_passphrase(workplace, SIGNING_PASSPHRASE, "frasa yang baru")
        for one in identity_files_in(workplace.store.folder):
            os.utime(one, (0, 0))
        application.unlock(PASSPHRASE).store.close()
        with pytest.raises(IdentityProblem, match="identity_foreign"):
            open_identity(workplace, SIGNING_PASSPHRASE, now=NOW)

    assert open_identity(workplace, "frasa yang baru", now=NOW).is_trial


def test_another_ones_file_in_the_place_of_ones_own_signs_nothing(
    workplace: Workplace, colleague: Workplace
) -> None:
    shutil.copy(identity_file(colleague), identity_file(workplace))

    with pytest.raises(IdentityProblem, match="identity_foreign"):
        open_identity(workplace, THEIR_SIGNING, now=NOW)


def test_a_request_that_can_be_sent_off_has_its_key_kept(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at any time: the request is not there before its key is recorded."""
    out, seen = tmp_path / "minta.csr", list[bool]()

    def recording(path: Path, content: bytes) -> Path:
        seen.append(out.exists())
        return stage(path, content)

    monkeypatch.setattr(identity_record, "stage", recording)
    asked(workplace, tmp_path)

    assert seen == [False]
    assert out.exists()


def test_what_was_staged_and_never_recorded_goes_after_a_while(
    workplace: Workplace, application: Application
) -> None:
    folder = workplace.store.folder
    cut_off = folder / ".signing.next-0123.p12.abcdef.part"
    cut_off.write_bytes(b"separuh")
    fresh, old = stage(folder / "signing.p12", b"baru"), stage(folder / "signing.x.p12", b"lama")
    os.utime(old, (0, 0))

    application.unlock(PASSPHRASE).store.close()

    assert fresh.exists()
    assert not old.exists()
    assert not cut_off.exists()
    assert noticed(workplace) == []


# The passphrase


def test_another_passphrase_opens_the_identity_and_the_key_that_waits(
    workplace: Workplace, office: Office, csr: bytes, tmp_path: Path
) -> None:
    identity_changes.change_signing_passphrase(workplace, SIGNING_PASSPHRASE, "frasa yang baru")

    with pytest.raises(IdentityProblem, match="identity_passphrase_wrong"):
        open_identity(workplace, SIGNING_PASSPHRASE, now=NOW)
    assert open_identity(workplace, "frasa yang baru", now=NOW).is_trial
    assert noticed(workplace) == []
    imported(workplace, tmp_path, pem(office.answer(csr)), "frasa yang baru")
    assert not open_identity(workplace, "frasa yang baru", now=NOW).is_trial


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("salah", "baru", "identity_passphrase_wrong"),
        (SIGNING_PASSPHRASE, "  ", "identity_passphrase_empty"),
    ],
)
def test_a_passphrase_that_is_wrong_or_empty_changes_nothing(
    workplace: Workplace, old: str, new: str, code: str
) -> None:
    before = files(workplace), events(workplace)

    with pytest.raises(IdentityProblem, match=code):
        identity_changes.change_signing_passphrase(workplace, old, new)

    assert (files(workplace), events(workplace)) == before


def test_of_a_missing_identity_no_passphrase_is_changed(
    workplace: Workplace, newcomer: Workplace
) -> None:
    workplace.store.identity_path.unlink()

    with pytest.raises(IdentityProblem, match="identity_missing"):
        identity_changes.change_signing_passphrase(workplace, SIGNING_PASSPHRASE, "baru")
    with pytest.raises(IdentityProblem, match="identity_none"):
        identity_changes.change_signing_passphrase(newcomer, "a", "baru")


# In time


def test_the_end_is_told_30_days_ahead_and_after_it(workplace: Workplace) -> None:
    end = known(workplace).facts
    assert end is not None

    def notice(**before: int) -> IdentityProblem | None:
        return expiry_notice(workplace, now=end.not_after - timedelta(**before))

    assert notice(days=31) is None
    soon = notice(days=30)
    assert soon is not None
    assert (soon.code, soon.places["days"]) == ("identity_ends_soon", 30)
    last = notice(hours=1)
    assert last is not None
    assert (last.code, last.places["days"]) == ("identity_ends_soon", 0)
    over = notice(seconds=-1)
    assert over is not None
    assert over.code == "identity_ended"


def test_an_ended_identity_signs_nothing_but_is_renewed_by_a_request(
    workplace: Workplace, office: Office, clock: SteppingClock, tmp_path: Path
) -> None:
    clock.moment += timedelta(days=400)
    now = clock.moment

    with pytest.raises(IdentityProblem, match="identity_expired"):
        open_identity(workplace, SIGNING_PASSPHRASE, now=now)
    leaf = office.answer(asked(workplace, tmp_path), end=now + YEAR)
    imported(workplace, tmp_path, pem(leaf))

    assert open_identity(workplace, SIGNING_PASSPHRASE, now=now).not_after == now + YEAR
    assert expiry_notice(workplace, now=now) is None


def test_a_new_trial_identity_comes_when_the_old_one_ends_or_is_to_be_replaced(
    workplace: Workplace, clock: SteppingClock, csr: bytes
) -> None:
    with pytest.raises(IdentityProblem, match="identity_still_valid"):
        identity_changes.new_identity(workplace, "frasa yang baru")

    replaced = identity_changes.new_identity(workplace, "frasa yang baru", replacing=True)
    assert open_identity(workplace, "frasa yang baru", now=clock.moment).is_trial
    assert known(workplace).request is None
    assert known(workplace).formers == (replaced.former,)

    clock.moment += timedelta(days=340)
    identity_changes.new_identity(workplace, "yang berikutnya")
    assert open_identity(workplace, "yang berikutnya", now=clock.moment)
    assert len(known(workplace).formers) == 2
    assert noticed(workplace) == []


def test_a_trial_identity_made_meanwhile_leaves_the_key_that_waits(
    workplace: Workplace, office: Office, clock: SteppingClock, csr: bytes, tmp_path: Path
) -> None:
    """Each under its own passphrase: headquarters takes its time, and a visit does not wait."""
    clock.moment += timedelta(days=340)
    identity_changes.new_identity(workplace, "uji coba lagi")
    identity_changes.change_signing_passphrase(workplace, "uji coba lagi", "yang ketiga")
    assert known(workplace).request is not None
    public = x509.load_pem_x509_csr(csr).public_key()
    again = x509.load_pem_x509_csr(asked(workplace, tmp_path, "lagi.csr"))
    assert again.public_key() == public

    imported(workplace, tmp_path, pem(office.answer(csr)))

    identity = open_identity(workplace, SIGNING_PASSPHRASE, now=NOW)
    assert not identity.is_trial
    assert noticed(workplace) == []


def test_days_are_told_by_the_calendar_of_the_zone() -> None:
    """At 01.00 in Jayapura it is the day before in Greenwich."""
    jayapura, end = ZoneInfo("Asia/Jayapura"), datetime(2026, 11, 22, 16, tzinfo=UTC)

    def days(hours: int) -> int:
        return days_until(end, end - timedelta(hours=hours), zone=jayapura)

    assert [days(0), days(1), days(2), days(25), days(26)] == [0, 0, 1, 1, 2]


# What an older version made


def test_an_older_store_goes_on_working_and_tells_more_once_it_has_signed(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = workplace.store.log
    recorded = {
        place: found
        for place, found in log.heads(STORE).items()
        if place[0] != identity_record.FIRST or place[1] == identity_record.FILE
    }
    with monkeypatch.context() as patched:
        patched.setattr(type(log), "heads", lambda *_: recorded)
        assert known(workplace).facts is None
        assert known(workplace).is_expected
        assert expiry_notice(workplace, now=NOW + YEAR) is None
        assert open_identity(workplace, SIGNING_PASSPHRASE, now=NOW)

    kinds = [link.event.kind for link in log.stored(STORE)]
    assert kinds == [EventKind.ENROLLED, EventKind.KEYS_CHANGED]
    assert known(workplace).facts is not None
    assert noticed(workplace) == []


# What else knows of them


def test_a_changed_or_missing_file_is_noticed_for_each_kind(
    workplace: Workplace, colleague: Workplace, office: Office, tmp_path: Path
) -> None:
    imported(workplace, tmp_path, pem(office.answer(asked(workplace, tmp_path))))
    identity_changes.request_certificate(colleague, THEIR_SIGNING, out=tmp_path / "budi.csr")
    assert noticed(workplace) == []

    identity_file(colleague).write_bytes(b"lain")
    identity_file(colleague).with_suffix(".request.p12").unlink()
    for former in known(workplace).formers:
        former.unlink()

    assert sorted(noticed(workplace)) == ["former_gone", "identity_changed", "request_gone"]


def test_all_files_of_identities_travel_in_a_backup_and_come_back(
    workplace: Workplace,
    colleague: Workplace,
    application: Application,
    csr: bytes,
    tmp_path: Path,
) -> None:
    back_up(workplace, to=usb(tmp_path))
    home = tmp_path / "lain"
    restore(usb(tmp_path), home, PASSPHRASE, clock=application.clock, new_id=application.new_id)

    back = replace(application, home=home).unlock(PASSPHRASE)

    assert files(back) == files(workplace)
    assert len(files(workplace)) == 3
    assert noticed(back) == []
    assert open_identity(back, SIGNING_PASSPHRASE, now=NOW)
    back.store.close()


def usb(folder: Path) -> Path:
    place = folder / "usb"
    place.mkdir(exist_ok=True)
    return place
