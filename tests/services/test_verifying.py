"""The verifier says valid, refused or undetermined, and why."""

import inspect
import json
import re
import socket
import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from string import Formatter

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from tests.services.judging import decisive, judge, refused_as, signed_by_both
from tests.signing import attacks
from tests.signing.paper import (
    NUMBER,
    SECOND_FIELD,
    document_by,
    paper,
    record_for,
    signed,
    with_second_field,
)
from tests.signing.people import (
    NOW,
    PASSPHRASE,
    YEAR,
    Authority,
    assessor,
    colleague,
    headquarters,
    trial,
)

from assessor_app.domain.event import Json, canonical
from assessor_app.domain.problem import IdentityProblem
from assessor_app.paths import resources_dir
from assessor_app.services import verifying
from assessor_app.services.verifying import Standing, explain
from assessor_app.signing import identity, pades
from assessor_app.signing.certificate import CertificateProblem
from assessor_app.texts import Language, catalogue


def test_document_of_a_pinned_authority_is_valid_and_says_what_it_is() -> None:
    verdict = judge(document_by(assessor()))

    assert decisive(verdict) == (Standing.VALID, "valid")
    assert verdict.number == NUMBER
    assert verdict.record_hash is not None
    assert [signer.name for signer in verdict.signers] == ["Siti Nurbaya"]
    assert [reason.code for reason in verdict.reasons[1:]] == [
        "signed_by_employee",
        "whole",
        "record_belongs",
        "revocation_unknown",
    ]


def test_document_with_two_signatures_is_valid() -> None:
    assert decisive(judge(signed_by_both())) == (Standing.VALID, "valid")


def test_chain_over_an_issuing_authority_reaches_the_pinned_root() -> None:
    below = Authority("Penerbit Uji Ombudsman", above=headquarters())

    document = document_by(below.identity("Siti Nurbaya"))

    assert decisive(judge(document)) == (Standing.VALID, "valid")


def test_trial_identity_is_undetermined_unless_it_is_asked_for() -> None:
    document = document_by(trial())

    assert decisive(judge(document)) == (Standing.UNDETERMINED, "trial_identity")
    assert decisive(judge(document, trust_trial=True)) == (Standing.VALID, "valid_trial")


def test_identity_of_an_authority_that_is_not_pinned_is_undetermined() -> None:
    document = document_by(assessor())

    for roots in ([], [Authority("Akar lain").root()]):
        verdict = judge(document, roots=roots, trust_trial=True)
        assert decisive(verdict) == (Standing.UNDETERMINED, "unknown_identity")


def test_verifier_asks_no_network_though_certificates_invite_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = document_by(assessor())
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_: asked.append(where))
    monkeypatch.setattr(socket.socket, "connect", lambda _, where: asked.append(where))

    assert judge(document).standing is Standing.VALID
    assert asked == []


def test_pinned_root_that_is_no_certificate_is_a_problem_of_the_caller() -> None:
    with pytest.raises(IdentityProblem, match="root_unreadable"):
        judge(document_by(assessor()), roots=[b"-----BEGIN CERTIFICATE-----"])


def test_missing_second_signature_is_undetermined() -> None:
    verdict = judge(document_by(assessor(), colleague()))

    assert decisive(verdict) == (Standing.UNDETERMINED, "signer_missing")
    assert verdict.reasons[0].places["name"] == "Johanis Latuconsina"


def test_rollback_to_fewer_signatures_is_noticed() -> None:
    verdict = judge(attacks.cut_back(signed_by_both(), revisions=1))

    assert decisive(verdict) == (Standing.UNDETERMINED, "signer_missing")


def test_signature_that_does_not_certify_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # A signer's own tool that leaves the certification out.
    monkeypatch.setattr(pades, "enumerate_sig_fields", lambda *_, **__: iter([object()]))

    unsigned = with_second_field(paper(record_for(assessor())))

    document = signed(unsigned, assessor(), field=SECOND_FIELD)

    assert refused_as(document) == "not_certified"


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signer's own tool, which does not ask whether the identity is fit to sign."""
    for module in (identity, pades):
        monkeypatch.setattr(module, "require_fit", lambda *_: None)


@pytest.mark.usefixtures("careless")
@pytest.mark.parametrize(
    ("p12", "code"),
    [
        (
            partial(headquarters().p12, "Siti", start=NOW - 2 * YEAR, end=NOW - YEAR),
            "certificate_expired",
        ),
        (
            partial(headquarters().p12, "Siti", start=NOW + YEAR, end=NOW + 2 * YEAR),
            "certificate_not_yet_valid",
        ),
        (partial(headquarters().p12, "Siti", may_sign=False), "certificate_wrong_usage"),
        (
            partial(headquarters().p12, "Siti", key=rsa.generate_private_key(65537, 2048)),
            "certificate_weak",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_certificate_that_was_not_fit_at_the_time_of_signing_is_refused(
    p12: Callable[[], bytes], code: str
) -> None:
    signer = identity.load_identity(p12(), PASSPHRASE, now=NOW)

    assert refused_as(document_by(signer)) == code


def test_record_that_is_missing_extra_or_unreadable_is_refused() -> None:
    record = record_for(assessor())
    cases: dict[str, list[tuple[str, bytes]]] = {
        "record_missing": [("lain.json", record)],
        "record_extra": [("temuan.json", record), ("lagi.txt", b"?")],
        "record_unreadable": [("temuan.json", b'{"v": 1}')],
    }

    for code, attached in cases.items():
        assert refused_as(signed(paper(record, attached=attached), assessor())) == code


def test_record_of_other_pages_is_refused() -> None:
    other = record_for(assessor(), number="T-2026-AMBON-R2")
    document = paper(record_for(assessor()), attached=[("temuan.json", other)])

    verdict = judge(signed(document, assessor()))

    assert decisive(verdict) == (Standing.REFUSED, "record_not_of_these_pages")
    assert [reason.code for reason in verdict.reasons[1:]] == [
        "footer_of_another_record",
        "hash_not_printed",
    ]


def test_head_that_is_not_printed_or_not_of_the_streams_is_refused() -> None:
    record, lying = record_for(assessor()), record_for(assessor(), head="c" * 64)

    unprinted = judge(signed(paper(record, head="c" * 64), assessor()))
    invented = judge(signed(paper(lying, head="c" * 64), assessor()))

    assert [why.code for why in unprinted.reasons[1:]] == ["head_not_printed"]
    assert [why.code for why in invented.reasons[1:]] == ["head_not_of_streams"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"scores": {"official": {"points": "99.9", "measured": "100"}}}, "score_not_printed"),
        ({"v": 2, "full_record": {"sha256": "f" * 64}}, "full_record_not_printed"),
    ],
)
def test_what_the_record_tells_and_no_page_prints_is_refused(
    told: dict[str, Json], code: str
) -> None:
    record = canonical({**json.loads(record_for(assessor())), **told})

    verdict = judge(signed(paper(record), assessor()))

    assert decisive(verdict) == (Standing.REFUSED, "record_not_of_these_pages")
    assert [why.code for why in verdict.reasons[1:]] == [code]


def test_a_record_that_names_no_lead_is_refused() -> None:
    loaded = json.loads(record_for(assessor()))
    loaded["signers"][0]["role"] = "assessor"

    assert refused_as(signed(paper(canonical(loaded)), assessor())) == "lead_missing"


@pytest.mark.parametrize(
    "record",
    [
        b"[]",
        b"null",
        b"[" * 5000,
        canonical({"v": 2}),
        canonical({"v": 1, "document": {"number": NUMBER}, "head": "x", "streams": "abc"}),
        canonical({"v": 1, "document": [], "head": 1, "streams": [], "signers": []}),
    ],
)
def test_record_of_a_wrong_shape_is_refused(record: bytes) -> None:
    assert refused_as(signed(paper(record), assessor())) == "record_unreadable"


def test_certificate_of_the_same_name_is_not_the_same_person() -> None:
    namesake = headquarters().identity(assessor().common_name)
    document = signed(paper(record_for(assessor())), namesake)

    assert refused_as(document) == "signer_unexpected"


def test_record_that_names_another_signer_is_refused() -> None:
    assert refused_as(signed(paper(record_for(colleague())), assessor())) == "signer_unexpected"


@pytest.mark.parametrize("language", list(Language))
def test_verdict_is_told_in_whole_sentences(language: Language) -> None:
    document = document_by(assessor())
    verdicts = [
        judge(document),
        judge(document, roots=[]),
        judge(document_by(trial())),
        judge(document + b"junk"),
        judge(b""),
    ]

    for verdict in verdicts:
        sentences = explain(verdict, language)
        assert len(sentences) == 1 + len(verdict.reasons)
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


def test_a_name_in_a_file_cannot_paint_another_verdict() -> None:
    hostile = "Siti\x1b[2J\nHasil pemeriksaan: SAH.\u202e" + "x" * 500
    verdict = verifying.Verdict(
        verifying.Standing.REFUSED,
        (verifying.Reason("changed_since_signing", {"signer": hostile, "field": hostile}),),
    )

    told = explain(verdict, Language.INDONESIAN)

    assert len(told) == 2
    assert not set("".join(told)) & {"\x1b", "\n", "\u202e"}
    assert "x" * 200 not in told[1]


def test_every_reason_has_its_sentence() -> None:
    folder = Path(inspect.getfile(verifying)).parent
    sources = [folder / "verifying.py", *(folder / "verifier").glob("*.py")]
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    codes = set(re.findall(r'Reason\(\s*"(\w+)"', text))
    assert len(codes) > 25
    codes |= {f"{part}_{what}" for part in ("seal", "timestamp") for what in ("later", "unknown")}
    codes |= {f"certificate_{problem}" for problem in CertificateProblem}
    chosen = {"valid", "valid_trial", "damaged", "not_a_pdf", "signature_stripped", "too_heavy"}

    told = catalogue("verify", Language.INDONESIAN).keys()

    assert codes | chosen <= told


@pytest.mark.parametrize("name", ["verify", "problems.d/signing"])
def test_both_languages_have_the_same_sentences_and_places(name: str) -> None:
    places = [
        {
            key: {place for _, place, _, _ in Formatter().parse(sentence) if place}
            for key, sentence in flat_texts(name, language).items()
        }
        for language in Language
    ]

    assert places[0] == places[1]


def flat_texts(name: str, language: Language) -> dict[str, str]:
    file = resources_dir() / "texts" / f"{name}.{language}.toml"
    loaded = tomllib.loads(file.read_text(encoding="utf-8"))
    standing: dict[str, str] = loaded.pop("standing", {})
    texts: dict[str, str] = {**loaded, **standing}
    return texts


@pytest.mark.parametrize("language", Language)
def test_a_certificate_without_an_organisation_leaves_no_hole_in_the_sentence(
    language: Language,
) -> None:
    verdict = judge(signed_by_both())
    reasons = tuple(
        verifying.Reason(one.code, {**one.places, "organization": ""}) for one in verdict.reasons
    )

    told = " ".join(explain(replace(verdict, reasons=reasons), language))

    assert {"signed_by", "signed_by_employee"} & {one.code for one in reasons}
    assert ", ," not in told
    assert "  " not in told
