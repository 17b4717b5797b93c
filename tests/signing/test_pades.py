"""A signature is a small update that any reader understands."""

import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.signing.attacks import with_note_over_page
from tests.signing.paper import (
    BOX,
    SECOND_FIELD,
    document_by,
    paper,
    record_for,
    signed,
    stamp,
    with_second_field,
)
from tests.signing.people import NOW, YEAR, assessor, colleague, headquarters, trial

from assessor_app.domain.problem import IdentityProblem, IssueProblem
from assessor_app.signing.pades import FieldPlace, sign
from assessor_app.signing.verification import Changes, Trust, check_signatures


def pdfsig(pdf: bytes, folder: Path) -> str:
    file = folder / "signed.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout


def darkest(pdf: bytes, place: tuple[int, int, int, int]) -> int:
    """The darkest grey of a place on the second page, in pixels at 72 dpi from its upper left."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        image = document[1].render(may_draw_forms=True).to_pil()
    lowest, _ = image.convert("L").crop(place).getextrema()
    return int(lowest)


def test_signature_is_an_incremental_update_of_the_document() -> None:
    unsigned = paper(record_for(assessor()))

    assert signed(unsigned, assessor()).startswith(unsigned)


def test_poppler_calls_the_signature_valid_at_the_given_time(tmp_path: Path) -> None:
    told = pdfsig(document_by(trial()), tmp_path)

    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert "Signature Type: ETSI.CAdES.detached" in told
    assert "Signing Hash Algorithm: SHA-256" in told
    assert "Signature Field Name: TTD_Asesor1" in told


def test_time_of_signing_is_the_one_that_was_given() -> None:
    report = check_signatures(document_by(assessor()), roots=())

    assert report.signatures[0].claimed_at == NOW


def test_first_signature_certifies_and_a_second_leaves_it_valid() -> None:
    unsigned = with_second_field(paper(record_for(assessor(), colleague())))

    both = signed(signed(unsigned, assessor()), colleague(), field=SECOND_FIELD)
    report = check_signatures(both, roots=[headquarters().root()])

    assert report.certified
    assert [made.field for made in report.signatures] == ["TTD_Asesor1", SECOND_FIELD]
    assert all(made.intact and made.changes_allowed for made in report.signatures)
    assert [made.changes for made in report.signatures] == [Changes.FORM_FILLING, Changes.NONE]
    assert {made.trust for made in report.signatures} == {Trust.TRUSTED}


def test_metadata_stay_as_they_were_built() -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(paper(record_for(assessor())))) as document:
        with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = "Temuan"
        document.save(out)

    after = pikepdf.open(BytesIO(signed(out.getvalue(), assessor())))
    with after, pikepdf.open(out) as before:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(after.docinfo) == dict(before.docinfo)


def test_stamp_is_drawn_where_the_field_stands() -> None:
    left, bottom, right, top = (int(edge) for edge in BOX)
    place = (left, 842 - top, right, 842 - bottom)

    before, after = (
        darkest(pdf, place) for pdf in (paper(record_for(assessor())), document_by(assessor()))
    )

    assert before == 255
    assert after < 64


def test_identity_that_is_not_valid_at_the_time_of_signing_does_not_sign() -> None:
    with pytest.raises(IdentityProblem, match="identity_expired"):
        sign(
            paper(record_for(trial())),
            trial(),
            field=FieldPlace(page=0, box=BOX),
            stamp=stamp(),
            reason="",
            location="",
            at=NOW + YEAR + timedelta(days=1),
        )


@pytest.mark.parametrize("pdf", [b"", b"no pdf", document_by(trial())[:900]])
def test_what_cannot_be_signed_is_refused_by_name(pdf: bytes) -> None:
    with pytest.raises(IssueProblem, match="document_unsignable"):
        signed(pdf, trial())


def test_poppler_calls_a_forged_update_valid_which_ours_does_not(tmp_path: Path) -> None:
    forged = with_note_over_page(document_by(assessor()))

    assert "Signature is Valid." in pdfsig(forged, tmp_path)
    assert not check_signatures(forged, roots=()).signatures[0].changes_allowed
