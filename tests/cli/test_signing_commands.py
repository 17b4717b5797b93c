"""Who signs, by commands: the receiver in their own way, further assessors each with a file."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.domain.test_handwriting import written
from tests.services.test_issuing_parties import colleague, head_of_office
from tests.signing.people import PASSPHRASE as PEOPLE

from assessor_app.reporting.reading import read_back
from assessor_app.signing.verification import check_signatures

RECEIVED = ("--declared", "received", "--name", "Budi Santoso")


@pytest.fixture
def closed(call: Call, visit: str) -> str:
    done = call("close", visit, "--outcome", "interrupted", "--account", "Listrik padam.")
    assert done.code == 0
    return visit


def record_of(path: Path) -> dict[str, dict[str, object]]:
    (attachment,) = read_back(path.read_bytes()).attachments
    loaded: dict[str, dict[str, object]] = json.loads(attachment.data)
    return loaded


def test_a_drawn_signature_comes_out_of_its_file_into_the_document(
    call: Call, closed: str, tmp_path: Path
) -> None:
    strokes, out = tmp_path / "goresan.json", tmp_path / "ba.pdf"
    strokes.write_bytes(written())

    said = call("receiver", closed, *RECEIVED, "--signs", "handwriting", "--strokes", strokes)
    issued = call("issue", closed, "--out", out)

    assert (said.code, issued.code) == (0, 0)
    receiver = record_of(out)["receiver"]
    assert receiver["signs"] == "handwriting"
    assert len(str(receiver["handwriting_sha256"])) == 64


def test_assessors_and_receiver_sign_with_their_own_files_and_passphrases(
    call: Call, closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, secret = tmp_path / "ba.pdf", tmp_path / "sandi.txt"
    secret.write_text(PEOPLE + "\n", encoding="utf-8")
    monkeypatch.setenv("ASSESSOR_RECEIVER_PASSPHRASE", PEOPLE)
    call("receiver", closed, *RECEIVED, "--signs", "certificate")
    awaited = call("issue", closed, "--out", out)
    assert (awaited.code, out.exists()) == (1, False)

    done = call(
        *("issue", closed, "--out", out, "--signer", colleague("Rahmat", tmp_path)),
        *("--signer-passphrase-file", secret, "--receiver-p12", head_of_office(tmp_path)),
    )

    assert done.code == 0, done.err
    made = check_signatures(out.read_bytes(), roots=()).signatures
    assert [one.field for one in made] == ["TTD_Asesor1", "TTD_Asesor2", "TTD_Penerima"]
    assert [one.name for one in made[1:]] == ["Rahmat", "Budi Santoso"]


def test_a_wrong_passphrase_of_the_second_signer_is_told_and_nothing_is_issued(
    call: Call, closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "ba.pdf"
    monkeypatch.setenv("ASSESSOR_SIGNER_PASSPHRASE_1", "salah")

    refused = call("issue", closed, "--out", out, "--signer", colleague("Rahmat", tmp_path))

    assert refused.code == 1
    assert "rahmat.p12" in refused.err
    assert "kunjungan tetap tertutup" in refused.err
    assert not out.exists()
    assert call("show", closed, "--json").data["state"] == "closed"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--declared", "refused", "--name", "Budi"), "alasannya belum ditulis"),
        (("--declared", "refused", "--signs", "on-paper"), "bila dokumen diterima"),
        ((*RECEIVED, "--signs", "handwriting"), "belum membubuhkan"),
        ((*RECEIVED, "--signs", "on-paper", "--strokes", "x.json"), "bila penerima menandatangani"),
        ((*RECEIVED, "--signs", "handwriting", "--strokes", "x.json"), "x.json"),
    ],
)
def test_what_does_not_go_together_is_refused_with_what_to_do(
    call: Call, visit: str, given: tuple[str, ...], told: str
) -> None:
    refused = call("receiver", visit, *given)

    assert refused.code == 1
    assert told in refused.err


def test_who_refuses_and_who_signs_on_paper_are_recorded(call: Call, visit: str) -> None:
    for given in (
        ("--declared", "refused", "--reason", "Menunggu pimpinan"),
        ("--declared", "absent", "--reason", "Kantor sudah tutup"),
        (*RECEIVED, "--signs", "on-paper"),
    ):
        assert call("receiver", visit, *given).code == 0
    history = call("history", visit).out
    assert "Menunggu pimpinan" in history
