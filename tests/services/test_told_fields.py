"""Each field of the record is told in words, in both languages, whatever it holds."""

import pytest
from tests.visiting import answer

from assessor_app.domain.event import Json
from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.words import NONE, Words
from assessor_app.services.session import Session
from assessor_app.services.told_fields import _TOLD, FieldWords
from assessor_app.texts import Language

WHO = "00000000-0000-7000-8000-00000000abcd"


@pytest.fixture
def fields(kinds_session: Session, workplace: Workplace) -> FieldWords:
    words = Words(Language.INDONESIAN, workplace.profile.zone)
    snapshot, people = kinds_session.snapshot, {WHO: "Siti Rahma"}
    return FieldWords(words, kinds_session.instrument, snapshot, people)


@pytest.fixture
def kinds_session(small: Session) -> Session:
    """A visit with a product that was named."""
    asked = next(one for one in small.instrument.indicators() if one.asked.value == "per_product")
    answer(small, asked.code, asked.sides[-1].value, "present", product="KTP elektronik")
    return small


@pytest.mark.parametrize(
    ("entity", "field", "given", "told"),
    [
        ("visit", "state", "exit_talk", "pembicaraan akhir"),
        ("visit", "outcome", "office_closed", "Kantor tutup"),
        ("visit", "kind", "mystery", "Kunjungan tersamar"),
        ("visit", "team", ["Siti", "Budi"], "Siti; Budi"),
        ("visit", "lead", WHO, "Siti Rahma"),
        ("visit", "lead", "nobody", "asesor yang belum dikenal perangkat ini"),
        ("visit", "arrival", "2026-11-22T00:05:00.000000Z", "22 November 2026, 09.05 WIT"),
        ("session/1", "to", "2026-11-22T00:05:00.000000Z", "22 November 2026, 09.05 WIT"),
        ("handover/1", "to", "Kepala Dinas", "Kepala Dinas"),
        ("handover/1", "how", "messenger", "aplikasi pesan"),
        ("receiver", "capacity", "plt", "Pelaksana tugas (Plt.)"),
        ("finding/1", "due_date", "2026-12-22", "22 Desember 2026"),
        ("finding/1", "due_set_by", "Siti", "ditetapkan oleh Siti"),
        ("finding/1", "advice", {"id": "Perbaiki", "en": "Repair"}, "Perbaiki"),
        ("evidence/1", "sha256", "ab" * 32, "abababababababab…"),
        ("evidence/1", "attached_to", ["observation/T-01/-/-/practice/-"], "T-01, dalam praktik"),
        ("import/1", "device", WHO, "0000abcd"),
        ("respondent/1", "post", "unknown", "unknown"),
        ("respondent/1", "is_substitute", True, "berbicara sebagai pengganti"),
        ("observation/T-99/-/-/practice/-", "answer", "present", "present"),
        ("observation/T-01/-/-/practice/-", "document_where_seen", "posted", "Terpasang"),
        ("observation/T-01/-/-/practice/-", "note", None, NONE),
    ],
)
def test_a_value_is_told_in_words(
    fields: FieldWords, entity: str, field: str, given: Json, told: str
) -> None:
    assert fields.value(entity, field, given) == told


def test_a_due_date_that_nobody_set_is_told_as_a_proposal(fields: FieldWords) -> None:
    assert "usulan aplikasi" in fields.value("finding/1", "due_set_by", "default")


def test_every_field_that_is_told_has_a_name_in_both_languages(fields: FieldWords) -> None:
    for language in Language:
        speaking = FieldWords(
            Words(language, fields.words.zone), fields.instrument, fields.snapshot, {}
        )
        for kind, names in _TOLD.items():
            assert all(speaking.name(f"{kind}/1", name) for name in names)


def test_an_observation_is_called_by_indicator_subject_and_side(
    fields: FieldWords, kinds_session: Session
) -> None:
    (key,) = kinds_session.snapshot.observations

    assert fields.part(key.entity).startswith(f"{key.indicator} [KTP elektronik], ")
    assert fields.part("receiver") == "penerima dokumen"
    assert fields.subject(key._replace(respondent="gone")) == f"KTP elektronik, {NONE}"


def test_what_is_of_no_use_to_a_reader_is_not_told(fields: FieldWords) -> None:
    assert not fields.is_told("visit", "instrument_digest")
    assert not fields.is_told("unheard-of/1", "name")
    assert fields.place_in_order("visit", "instrument_digest") > fields.place_in_order(
        "visit", "state"
    )
