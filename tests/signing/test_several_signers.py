"""Several sign into fields that were prepared beforehand, and every earlier signature stays."""

import subprocess
import time
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.signing.paper import paper, record_for, stamp
from tests.signing.people import NOW, Authority, assessor, colleague, headquarters

from assessor_app.domain.problem import IdentityProblem, IssueProblem
from assessor_app.signing.identity import Identity
from assessor_app.signing.pades import FieldPlace, sign
from assessor_app.signing.verification import Changes, check_signatures

FIELDS = ("TTD_Asesor1", "TTD_Asesor2", "TTD_Penerima")
LATER = ("Segel_BSrE", "StempelWaktu1", "StempelWaktu2")
TOGETHER = 0.5  # seconds for two signatures


@cache
def receiver() -> Identity:
    """Somebody of an authority that is not ours."""
    return Authority("Penerbit Lain").identity("Budi Santoso")


def prepared(pdf: bytes, *, lock: str = FIELDS[-1]) -> bytes:
    """The document with all fields of the visit and of headquarters, as it is rendered."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[1].obj
        fields = []
        for number, name in enumerate((*FIELDS, *LATER)):
            seen = number < len(FIELDS) + 1
            low = 60 + 70 * number
            field = Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(name),
                Rect=Array([300, low, 500, low + 60] if seen else [0, 0, 0, 0]),
                F=4 if seen else 6,
                P=page,
            )
            if name == lock:
                kept = Array([String(one) for one in LATER])
                field.Lock = Dictionary(Type=Name.SigFieldLock, Action=Name.Exclude, Fields=kept)
            fields.append(document.make_indirect(field))
        page.Annots = Array(fields)
        document.Root.AcroForm = Dictionary(Fields=Array(fields), SigFlags=3)
        document.save(out, deterministic_id=True)
    return out.getvalue()


def signed_by(pdf: bytes, people: Sequence[tuple[str, Identity]]) -> bytes:
    for number, (name, identity) in enumerate(people):
        pdf = sign(
            pdf,
            identity,
            field=FieldPlace(
                page=1, box=(300, 60 + 70 * number, 500, 120 + 70 * number), name=name
            ),
            stamp=stamp(),
            reason="Temuan kunjungan",
            location="Ambon",
            at=NOW,
        )
    return pdf


@cache
def by_three() -> tuple[bytes, bytes]:
    """The unsigned document, and signed by lead, assessor and receiver."""
    unsigned = prepared(paper(record_for(assessor(), colleague())))
    people = list(zip(FIELDS, (assessor(), colleague(), receiver()), strict=True))
    return unsigned, signed_by(unsigned, people)


def test_three_signatures_are_incremental_and_all_stay_valid() -> None:
    unsigned, pdf = by_three()

    report = check_signatures(pdf, roots=[headquarters().root()])

    assert pdf.startswith(unsigned)
    assert report.certified
    assert tuple(made.field for made in report.signatures) == FIELDS
    assert all(made.intact and made.changes_allowed for made in report.signatures)
    changes = [made.changes for made in report.signatures]
    assert changes == [Changes.FORM_FILLING, Changes.FORM_FILLING, Changes.NONE]
    assert [made.covers_whole_file for made in report.signatures] == [False, False, True]


def test_poppler_calls_all_three_valid(tmp_path: Path) -> None:
    file = tmp_path / "tiga.pdf"
    file.write_bytes(by_three()[1])

    told = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout

    assert told.count("Signature is Valid.") == 3
    assert told.count("Total document signed") == 1


def test_nobody_adds_a_field_or_touches_the_metadata() -> None:
    unsigned, pdf = by_three()
    with pikepdf.open(BytesIO(unsigned)) as before, pikepdf.open(BytesIO(pdf)) as after:
        names = [str(field.T) for field in after.Root.AcroForm.Fields]
        assert names == [str(field.T) for field in before.Root.AcroForm.Fields]
        assert "/V" not in after.Root.AcroForm.Fields[3]
        assert dict(after.docinfo) == dict(before.docinfo)


def test_each_signature_shows_its_own_stamp() -> None:
    with pikepdf.open(BytesIO(by_three()[1])) as document:
        fields = list(document.Root.AcroForm.Fields)[: len(FIELDS)]
        shown = {field.AP.N.objgen for field in fields}

    assert len(shown) == len(FIELDS)


def test_a_seal_and_a_timestamp_field_may_be_filled_after_the_last_signature() -> None:
    _, pdf = by_three()
    seal = Authority("Segel").identity("Ombudsman Republik Indonesia")

    sealed = signed_by(pdf, [("Segel_BSrE", seal)])

    report = check_signatures(sealed, roots=[headquarters().root()])
    assert all(made.intact and made.changes_allowed for made in report.signatures)


def test_nobody_fills_an_assessors_field_once_the_last_has_locked_it() -> None:
    unsigned = prepared(paper(record_for(assessor(), colleague())))
    people = [(FIELDS[0], assessor()), (FIELDS[2], receiver())]

    late = signed_by(signed_by(unsigned, people), [(FIELDS[1], colleague())])

    report = check_signatures(late, roots=[headquarters().root()])
    locked = next(made for made in report.signatures if made.field == FIELDS[2])
    assert not locked.changes_allowed


def test_a_signer_who_is_not_fit_leaves_the_document_as_it_was() -> None:
    unsigned = prepared(paper(record_for(assessor(), colleague())))
    first = signed_by(unsigned, [(FIELDS[0], assessor())])

    with pytest.raises(IdentityProblem):
        sign(
            first,
            colleague(),
            field=FieldPlace(page=1, box=(300, 130, 500, 190), name=FIELDS[1]),
            stamp=stamp(),
            reason="",
            location="",
            at=NOW.replace(year=2040),
        )

    assert check_signatures(first, roots=()).signatures[0].covers_whole_file


def test_a_field_that_was_not_prepared_is_not_added_after_the_first_signature() -> None:
    first = signed_by(paper(record_for(assessor())), [(FIELDS[0], assessor())])

    with pytest.raises(IssueProblem, match="document_unsignable"):
        signed_by(first, [(FIELDS[1], colleague())])


def test_two_signatures_take_less_than_half_a_second_together() -> None:
    unsigned = prepared(paper(record_for(assessor(), colleague())))
    people = [(FIELDS[0], assessor()), (FIELDS[1], colleague())]
    signed_by(unsigned, people)

    took = []
    for _ in range(3):
        begun = time.process_time()
        signed_by(unsigned, people)
        took.append(time.process_time() - begun)

    assert min(took) < TOGETHER
