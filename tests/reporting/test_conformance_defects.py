"""The validators see what is wrong: each defect is put into our own file, one at a time."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import page
import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf, String
from tests.reporting.conforming import PDF_A, PDF_UA, breaches, rendered, report
from tests.reporting.test_conformance import elements, kids

from assessor_app.texts import Language

Defect = Callable[[Pdf], None]


@cache
def sound() -> bytes:
    """A short report: two findings with photos, tables, lists, contents and fields."""
    whole = report(Language.INDONESIAN)
    return rendered(
        replace(
            whole, findings=whole.findings[:2], indicators=whole.indicators[:2], other_photos=()
        )
    ).pdf


def spoiled(defect: Defect) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(sound())) as pdf:
        defect(pdf)
        pdf.save(out)
    return out.getvalue()


def test_the_sound_document_breaks_no_rule_even_when_it_is_saved_again() -> None:
    again = spoiled(lambda _: None)

    assert breaches(again, PDF_A) == []
    assert breaches(again, PDF_UA) == []


def no_output_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def no_relationship(pdf: Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


def no_metadata(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def no_font_file(pdf: Pdf) -> None:
    del next(iter(fonts(pdf))).FontDescriptor.FontFile2


def no_characters(pdf: Pdf) -> None:
    for font in fonts(pdf):
        del font.ToUnicode


def characters_unknown(pdf: Pdf) -> None:
    for font in fonts(pdf):
        told = font.ToUnicode.read_bytes().replace(b"<0061>", b"<0000>")
        font.ToUnicode.write(told)


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('hijau')"))


def no_appearance(pdf: Pdf) -> None:
    del widgets(pdf)[0].AP


def smoothed_photo(pdf: Pdf) -> None:
    photo = next(one for one in pdf.objects if is_dictionary(one, Subtype="/Image"))
    photo.Interpolate = True


def not_marked(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


def no_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def no_parent_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


def no_alternative(pdf: Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


def no_scope(pdf: Pdf) -> None:
    del elements(pdf, "TH")[0].A.Scope


def row_too_short(pdf: Pdf) -> None:
    row = elements(pdf, "TR")[1]
    row.K = pikepdf.Array(kids(row)[:-1])


def untagged_words(pdf: Pdf) -> None:
    first = pdf.pages[0]
    (font, *_) = first.Resources.Font
    first.contents_add(f"BT {font} 12 Tf 60 60 Td (ZONA) Tj ET".encode())


def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def level_skipped(pdf: Pdf) -> None:
    for heading in elements(pdf, "H2"):
        heading.S = Name.H4


def contents_without_entries(pdf: Pdf) -> None:
    for entry in elements(pdf, "TOCI"):
        entry.S = Name.P


def item_outside_of_a_list(pdf: Pdf) -> None:
    elements(pdf, "L")[0].S = Name.Sect


def link_without_words(pdf: Pdf) -> None:
    del annotations(pdf, "/Link")[0].Contents


def link_outside_of_the_tree(pdf: Pdf) -> None:
    del annotations(pdf, "/Link")[0].StructParent


def nameless_field(pdf: Pdf) -> None:
    del widgets(pdf)[0].TU


def no_tab_order(pdf: Pdf) -> None:
    for one in pdf.pages:
        if "/Annots" in one:
            del one.Tabs


def title_not_shown(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


@pytest.mark.parametrize(
    ("defect", "profile"),
    [
        (no_output_intent, PDF_A),
        (no_relationship, PDF_A),
        (no_metadata, PDF_A),
        (no_font_file, PDF_A),
        (no_characters, PDF_A),
        (characters_unknown, PDF_A),
        (script, PDF_A),
        (no_appearance, PDF_A),
        (smoothed_photo, PDF_A),
        (not_marked, PDF_UA),
        (no_tree, PDF_UA),
        (no_parent_tree, PDF_UA),
        (no_alternative, PDF_UA),
        (no_scope, PDF_UA),
        (row_too_short, PDF_UA),
        (untagged_words, PDF_UA),
        (no_language, PDF_UA),
        (level_skipped, PDF_UA),
        (contents_without_entries, PDF_UA),
        (item_outside_of_a_list, PDF_UA),
        (link_without_words, PDF_UA),
        (link_outside_of_the_tree, PDF_UA),
        (nameless_field, PDF_UA),
        (no_tab_order, PDF_UA),
        (title_not_shown, PDF_UA),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_defect_in_our_own_document_is_seen(
    defect: Defect, profile: page.ValidationProfile
) -> None:
    assert breaches(spoiled(defect), profile) != []


def fonts(pdf: Pdf) -> list[Any]:
    return list(pdf.pages[0].Resources.Font.values())


def widgets(pdf: Pdf) -> list[Any]:
    return list(pdf.Root.AcroForm.Fields)


def annotations(pdf: Pdf, kind: str) -> list[Any]:
    found = [note for one in pdf.pages for note in one.get("/Annots", pikepdf.Array())]
    return [note for note in found if str(note.Subtype) == kind]


def is_dictionary(one: Any, **entries: str) -> bool:
    return isinstance(one, (Dictionary, pikepdf.Stream)) and all(
        str(one.get(f"/{name}")) == value for name, value in entries.items()
    )
