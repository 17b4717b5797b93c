"""The page of results: ranks and zones, years in a row, other rules, tables taken over."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.conftest import begin
from tests.ui.hands_at_window import CTRL, drop, opened
from tests.ui.pages.hands import (
    assert_usable,
    click,
    part,
    pdf_of_nothing,
    shown,
    text_of,
    wait_for_tasks,
)
from tests.ui.widgets.hands import tap
from tests.visiting import answer_all

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.domain.results import InstitutionLevel, PublishedResult
from assessor_app.domain.visit import Outcome
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import entry_from
from assessor_app.services.results import Wanted, published, register
from assessor_app.services.results_file import template
from assessor_app.services.results_page import Gathered
from assessor_app.services.sample.published import published_results
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import PageName
from assessor_app.ui.models.result_list import Column, ResultRow, RowKind
from assessor_app.ui.pages.parts.row_table_view import RowTableView
from assessor_app.ui.pages.results import asking, working
from assessor_app.ui.pages.results.page import ResultsPage, Standing
from assessor_app.ui.tasks import Tell
from assessor_app.ui.widgets.fields import choose, value_of
from assessor_app.ui.widgets.trend_chart import TrendChart

NORTH = "Maluku Utara"


@pytest.fixture
def page(desk: Desk, workplace: Workplace, qtbot: QtBot) -> ResultsPage:
    """Over the results of the sample."""
    register(workplace.store, published_results())
    return read(qtbot, desk)


def read(qtbot: QtBot, desk: Desk, before: ResultsPage | None = None) -> ResultsPage:
    page = ResultsPage(desk)
    if before is not None:
        page.take_over(before)
    shown(qtbot, page)
    wait_for_tasks(qtbot, desk)
    return page


def narrow(page: ResultsPage, **chosen: str) -> None:
    for name, value in chosen.items():
        choose(part(page, QComboBox, f"results.{name}"), value)


def table(page: ResultsPage) -> RowTableView[ResultRow]:
    return part(page, RowTableView, "results.table")


def cells(page: ResultsPage, *columns: Column) -> list[tuple[str, ...]]:
    model = table(page).model()
    return [
        tuple(str(model.index(place, column).data()) for column in columns)
        for place in range(model.rowCount())
    ]


def row_of(page: ResultsPage, name: str, kind: RowKind = RowKind.PUBLISHED) -> ResultRow:
    return next(row for row in table(page).rows if row.name == name and row.kind is kind)


def result(institution: str, score: str | None, **more: object) -> PublishedResult:
    fields: dict[str, object] = {
        "unit": None,
        "province": "Uji",
        "year": 2022,
        "category": None,
        "zone": None,
        "source": "koran",
        "level": InstitutionLevel.REGENCY,
        **more,
    }
    points = None if score is None else Decimal(score)
    return PublishedResult(institution=institution, score=points, **fields)  # type: ignore[arg-type]  # a test's fields by name


def told(page: ResultsPage) -> str:
    return text_of(page, "results.told")


def open_institution(page: ResultsPage, name: str) -> None:
    table(page).choose(name)
    QTest.keyClick(table(page), Qt.Key.Key_Return)


def texts(page: ResultsPage) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


# The list


def test_a_province_stands_in_order_of_rank(page: ResultsPage) -> None:
    narrow(page, province=NORTH, year="2023")

    found = cells(page, Column.OVERALL, Column.RANK, Column.NAME, Column.SCORE, Column.ZONE)
    assert found[0] == ("1 dari 6", "1 dari 1", "Kota Ternate", "92,53", "Zona hijau")
    assert found[1][:3] == ("2 dari 6", "1 dari 4", "Kabupaten Halmahera Selatan")
    assert found[-1][2:] == ("Provinsi Maluku Utara", "52,77", "Zona merah")
    assert row_of(page, "Kota Ternate").opinion == "A · Kualitas Tertinggi"
    assert "terbitmalut.com" in row_of(page, "Kota Ternate").below


def test_it_says_that_it_reads_until_it_has(desk: Desk, qtbot: QtBot) -> None:
    page = ResultsPage(desk)
    qtbot.addWidget(page)

    assert part(page, QLabel, "results.told").text() == desk.say("results.reading")
    wait_for_tasks(qtbot, desk)


def test_where_nothing_can_be_read_it_is_said_and_reading_ends(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_tell: Tell) -> Gathered:
        raise StoreProblem("not_writable", path="store")

    monkeypatch.setattr(working, "gathering", lambda _desk: broken)

    page = read(qtbot, desk)

    assert told(page) == ""
    assert "store" in text_of(page, "results.notice.text")


def test_the_highest_and_the_green_are_named_in_sentences(page: ResultsPage) -> None:
    narrow(page, province=NORTH, year="2023")
    assert "Tertinggi di antara 6 pemerintah daerah" in told(page)
    assert ": Kota Ternate." in told(page)
    assert "Hijau (3): Kota Ternate; Kabupaten Halmahera Selatan;" in told(page)

    narrow(page, province="Maluku")

    assert "Hijau (3): Kabupaten Maluku Tengah; Kota Ambon; Polres Maluku Tengah." in told(page)


def test_a_green_institution_shows_its_red_units_below_it(page: ResultsPage) -> None:
    narrow(page, year="2018")

    assert cells(page, Column.NAME, Column.ZONE) == [
        ("Kota Tarakan", "Zona hijau"),
        ("Dinas Ketenagakerjaan", "Zona merah"),
        ("Dinas Sosial dan Pemberdayaan Masyarakat", "Zona merah"),
    ]
    assert [row.kind for row in table(page).rows] == [
        RowKind.PUBLISHED,
        RowKind.UNIT,
        RowKind.UNIT,
    ]
    assert "Hijau, tetapi ada unit yang merah: Kota Tarakan." in told(page)


def test_ties_and_what_was_not_printed_are_said(
    desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    register(
        workplace.store,
        [
            result("Kabupaten A", "90"),
            result("Kabupaten B", "80", zone=ZoneColour.GREEN),
            result("Kabupaten C", "80", zone=ZoneColour.YELLOW),
            result("Kabupaten D", "70", award_eligible=False),
            result("Kabupaten E", None, category="B", without_maladministration=True),
        ],
    )
    page = read(qtbot, desk)

    found = cells(page, Column.RANK, Column.ZONE)
    assert found == [
        ("1 dari 4", "Zona hijau (dihitung)"),
        ("2 dari 4 (sama)", "Zona hijau"),
        ("2 dari 4 (sama)", "Zona kuning (periksa)"),
        ("4 dari 4", "Zona kuning (dihitung)"),
        ("–", "Zona tidak dipublikasikan"),
    ]
    assert row_of(page, "Kabupaten D").award == desk.say("results.award_no")
    assert desk.say("results.disagrees") in row_of(page, "Kabupaten C").tip
    assert row_of(page, "Kabupaten E").opinion.startswith("B")


def test_what_has_no_rank_for_want_of_a_province_is_counted(
    desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    register(
        workplace.store,
        [
            result("Kabupaten A", "90", province=None),
            result("Kabupaten B", None, province=None, zone=ZoneColour.RED),
            result("Kementerian C", "90", province=None, level=InstitutionLevel.MINISTRY),
            result("Kabupaten D", "90"),
        ],
    )

    page = read(qtbot, desk)

    assert desk.say("results.without_province", count=1) in told(page)


def test_a_level_leaves_the_others_out_and_a_choice_without_results_says_so(
    page: ResultsPage, desk: Desk
) -> None:
    narrow(page, province="Maluku", year="2023", level="vertikal")
    assert cells(page, Column.NAME) == [("Polres Maluku Tengah",)]

    narrow(page, year="2021")

    assert cells(page, Column.NAME) == []
    assert told(page) == desk.say("results.none_such")


def test_a_unit_whose_institution_has_no_result_stands_by_itself(
    desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    register(workplace.store, [result("Kabupaten A", "40", unit="Dinas Sosial")])
    page = read(qtbot, desk)

    assert cells(page, Column.NAME, Column.SCORE) == [("Dinas Sosial, Kabupaten A", "40,00")]
    assert told(page) == ""

    open_institution(page, "Kabupaten A")

    assert "Dinas Sosial" in texts(page)


def test_many_names_in_a_sentence_are_counted(
    desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    register(workplace.store, [result(f"Kabupaten {place:02}", "90") for place in range(40)])
    page = read(qtbot, desk)

    assert told(page).count("Kabupaten") == 8
    assert "dan 32 lainnya" in told(page)
    assert len(table(page).rows) == 40


def test_own_visits_are_provisional_and_have_no_rank(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    visit(workplace, library, "2015-pemda")
    register(workplace.store, [result("Kota Ambon", "70", year=2026, level=InstitutionLevel.CITY)])
    page = read(qtbot, desk)

    own = row_of(page, "Kota Ambon", RowKind.OWN)
    assert [row.kind for row in table(page).rows] == [RowKind.PUBLISHED, RowKind.OWN]
    assert (own.badge, own.rank, own.score) == ("NILAI SEMENTARA", "–", "110,00")
    assert own.spoken.startswith("Kota Ambon. NILAI SEMENTARA. 1 unit dari kunjungan sendiri")

    open_institution(page, "Kota Ambon")

    assert desk.say("results.own_title") in texts(page)
    assert any("Dinas Kependudukan: 110,00" in text for text in texts(page))


def test_own_visits_without_weights_say_why_there_is_no_number(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    visit(workplace, library, "unweighted")
    page = read(qtbot, desk)

    own = row_of(page, "Kota Ambon", RowKind.OWN)
    assert own.score == "–"
    assert "tanpa nilai" in own.below

    open_institution(page, "Kota Ambon")

    assert own.below in texts(page)


def test_the_page_can_be_used_with_fingers_keys_and_ears(page: ResultsPage) -> None:
    narrow(page, province=NORTH, year="2023")
    assert_usable(page)

    open_institution(page, "Kota Ternate")

    assert_usable(page)


# One institution


def test_an_institution_shows_its_years_and_escape_leads_back_step_by_step(
    page: ResultsPage, desk: Desk
) -> None:
    narrow(page, province="Maluku", year="2023")
    open_institution(page, "Kota Ambon")

    chart = page.findChild(TrendChart)
    assert chart is not None
    assert chart.isVisible()
    assert "2016: Nilai –, Zona kuning." in chart.accessibleName()
    assert "2020: " + desk.say("results.not_held") in chart.accessibleName()
    assert "2022: " + desk.say("results.bounds_changed") in chart.accessibleName()
    assert "91,01" in texts(page)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "results.institution.back"

    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert table(page).isVisible()
    assert table(page).chosen == "Kota Ambon"
    assert page.standing == Standing(Wanted(year=2023, province="Maluku"))


def test_a_double_click_or_a_fingers_tap_opens_an_institution(
    page: ResultsPage, qtbot: QtBot
) -> None:
    narrow(page, year="2023", province=NORTH)
    shown_rows = table(page)
    place = shown_rows.visualRect(shown_rows.model().index(1, Column.NAME)).center()
    QTest.mouseClick(shown_rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown_rows.isVisible()  # a click chooses

    QTest.mouseDClick(shown_rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "Kabupaten Halmahera Selatan" in texts(page)

    QTest.keyClick(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(shown_rows.opened) as opened_row:
        tap(shown_rows.viewport())

    assert opened_row.args == ["Kabupaten Halmahera Timur"]


def test_escape_leaves_the_list(page: ResultsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def test_the_button_opens_the_chosen_row_and_its_like_leads_back(page: ResultsPage) -> None:
    narrow(page, year="2023")
    table(page).choose("Kota Ternate")

    click(page, "results.open")
    assert "Kota Ternate" in texts(page)
    click(page, "results.institution.back")

    assert table(page).isVisible()


def test_one_year_alone_is_told_without_a_picture(page: ResultsPage) -> None:
    narrow(page, year="2023")
    open_institution(page, "Kabupaten Maluku Tenggara")

    assert page.findChild(TrendChart) is None
    seen = texts(page)
    lowest_first = ["Puskesmas Watdek", "Dinas Pendidikan", "Dinas Kesehatan"]
    assert [text for text in seen if text in lowest_first] == lowest_first


def test_the_same_score_by_another_years_rules_is_said_when_asked_for(
    desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    register(workplace.store, [result("Kota Uji", "79.20", level=InstitutionLevel.CITY)])
    page = read(qtbot, desk)
    open_institution(page, "Kota Uji")
    assert not part(page, QLabel, "results.rules.told").isVisible()

    rules = part(page, QComboBox, "results.rules.year")
    choose(rules, "2021")
    yellow = text_of(page, "results.rules.told")
    choose(rules, "2014")
    other_scale = text_of(page, "results.rules.told")
    choose(rules, "2025")
    unpublished = text_of(page, "results.rules.told")

    assert "Nilai 79,20 dari tahun 2022, menurut aturan tahun 2021: Zona kuning" in yellow
    assert "Menurut aturan tahunnya sendiri, 2022: Zona hijau" in yellow
    assert "sampai 1000" in other_scale
    assert "tidak dipublikasikan" in unpublished


def test_another_score_keeps_the_year_whose_rules_are_asked_for(
    desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    both = [
        result("Kota Uji", score, year=year, level=InstitutionLevel.CITY)
        for year, score in ((2022, "79.20"), (2023, "90"))
    ]
    register(workplace.store, both)
    page = read(qtbot, desk)
    open_institution(page, "Kota Uji")
    rules = part(page, QComboBox, "results.rules.year")
    choose(rules, "2022")

    choose(part(page, QComboBox, "results.rules.score"), "2022")
    assert value_of(rules) == ""  # a year's own rules are no other year's
    choose(rules, "2021")
    choose(part(page, QComboBox, "results.rules.score"), "2023")

    assert value_of(rules) == "2021"
    assert "Nilai 90,00 dari tahun 2023" in text_of(page, "results.rules.told")


# Tables


GOOD = "instansi,tahun,nilai,provinsi\nKab. Solok,2022,90.10,Sumatera Barat\n"
BAD = "instansi,tahun,nilai\nKab. Solok,2022,90\nKab. Agam,2020,80\nKab. Sijunjung,2022,seratus\n"


def test_a_dropped_table_is_taken_over_and_shown(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = read(qtbot, desk)
    (tmp_path / "hasil.csv").write_text(GOOD)

    assert drop(page, [tmp_path / "hasil.csv"])
    wait_for_tasks(qtbot, desk)

    assert cells(page, Column.NAME, Column.SCORE) == [("Kabupaten Solok", "90,10")]
    assert text_of(page, "results.notice.text").startswith("hasil.csv: hasil baru 1")


def test_a_workbook_is_taken_over_by_the_button(
    page: ResultsPage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["institution", "year", "score", "warna"])
    sheet.append(["Kota Ternate", 2023, 92.53, "?"])
    book.save(tmp_path / "hasil.xlsx")
    monkeypatch.setattr(asking, "table", lambda _page, _desk: tmp_path / "hasil.xlsx")
    narrow(page, province=NORTH, year="2023")

    click(page, "results.import")
    wait_for_tasks(qtbot, desk)

    assert text_of(page, "results.report.notice.text").endswith("sudah ada 1.")
    assert lines(page) == "Kolom yang tidak dibaca: warna."
    click(page, "results.report.back")
    assert page.standing.wanted == Wanted(year=2023, province=NORTH)
    assert len(table(page).rows) == 6


def test_a_faulty_table_is_refused_row_by_row_and_nothing_of_it_is_kept(
    page: ResultsPage, desk: Desk, workplace: Workplace, qtbot: QtBot, tmp_path: Path
) -> None:
    before = published(workplace.store)
    (tmp_path / "salah.csv").write_text(BAD)

    drop(page, [tmp_path / "salah.csv"])
    wait_for_tasks(qtbot, desk)

    assert "ada 2 kesalahan" in text_of(page, "results.report.notice.text")
    assert [line.split(":")[0] for line in lines(page).split("\n")] == [
        "baris 3, kolom tahun",
        "baris 4, kolom nilai",
    ]
    assert published(workplace.store) == before
    click(page, "results.report.copy")
    assert QApplication.clipboard().text() == lines(page)
    assert_usable(page)

    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert table(page).isVisible()


def test_what_is_no_table_is_told_over_the_list(
    page: ResultsPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "kosong.csv").write_text("")

    page.import_file(tmp_path / "kosong.csv")
    wait_for_tasks(qtbot, desk)

    assert "kosong.csv" in text_of(page, "results.notice.text")
    assert table(page).isVisible()


def test_a_pdf_and_several_files_are_left_to_the_window(page: ResultsPage, tmp_path: Path) -> None:
    other = tmp_path / "a.csv"
    other.write_text(GOOD)

    assert not drop(page, [pdf_of_nothing(tmp_path)])
    assert not drop(page, [other, other])


def test_a_closed_dialog_changes_nothing(
    page: ResultsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("table", "template"):
        monkeypatch.setattr(asking, name, lambda _page, _desk: None)

    click(page, "results.import")
    click(page, "results.template")

    assert desk.tasks.running == 0
    assert table(page).isVisible()


def test_an_empty_table_is_saved_with_what_its_columns_mean(
    page: ResultsPage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "kosong.csv"
    monkeypatch.setattr(asking, "template", lambda _page, _desk: out)

    click(page, "results.template")
    wait_for_tasks(qtbot, desk)

    assert out.read_bytes() == template()
    assert lines(page).startswith("institution (wajib): ")
    assert str(out) in text_of(page, "results.report.notice.text")

    click(page, "results.report.back")
    click(page, "results.template")
    wait_for_tasks(qtbot, desk)

    assert str(out) in text_of(page, "results.notice.text")
    assert out.read_bytes() == template()


# Beginning, coming back, another language


def test_an_empty_store_offers_the_sample(desk: Desk, workplace: Workplace, qtbot: QtBot) -> None:
    page = read(qtbot, desk)
    assert desk.say("results.empty_title") in texts(page)
    assert_usable(page)

    click(page, "results.empty.sample")
    wait_for_tasks(qtbot, desk)

    assert len(published(workplace.store)) == len(published_results())
    assert table(page).isVisible()
    assert value_of(part(page, QComboBox, "results.year")) == "2024"
    assert text_of(page, "results.notice.text") == desk.say("results.sample_loaded")


def test_another_language_keeps_what_is_chosen_and_open(
    page: ResultsPage, desk: Desk, qtbot: QtBot
) -> None:
    narrow(page, province=NORTH, year="2023", level="kabupaten")
    open_institution(page, "Kabupaten Halmahera Barat")
    desk.language = Language.ENGLISH

    other = read(qtbot, desk, page)

    assert "Kabupaten Halmahera Barat" in texts(other)
    QTest.keyClick(other, Qt.Key.Key_Escape)
    assert cells(other, Column.RANK)[0] == ("1 of 4",)
    chosen = Wanted(year=2023, province=NORTH, level=InstitutionLevel.REGENCY)
    assert other.standing.wanted == chosen


def test_a_report_is_told_in_the_other_language_too(
    page: ResultsPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "salah.csv").write_text(BAD)
    page.import_file(tmp_path / "salah.csv")
    wait_for_tasks(qtbot, desk)
    desk.language = Language.ENGLISH

    other = read(qtbot, desk, page)

    assert lines(other).startswith("row 3, column tahun: ")


def test_whoever_comes_back_finds_the_page_as_it_was_left(
    page: ResultsPage, desk: Desk, qtbot: QtBot
) -> None:
    narrow(page, province="Maluku", year="2023")
    open_institution(page, "Kota Ambon")
    left = page.standing

    back = ResultsPage(desk)
    assert back.standing == Standing()
    back.stand(left)
    shown(qtbot, back)
    wait_for_tasks(qtbot, desk)

    assert "Kota Ambon" in texts(back)
    assert back.standing == left


def test_the_list_of_visits_leads_here_by_button_and_key(
    application: Application, qtbot: QtBot
) -> None:
    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)

    hands.click("visits.results")
    hands.at(PageName.RESULTS)
    hands.key(Qt.Key.Key_Escape)
    hands.at(PageName.VISITS)
    hands.key(Qt.Key.Key_H, CTRL)

    hands.at(PageName.RESULTS)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert hands.window.page.isAncestorOf(focused)


def lines(page: ResultsPage) -> str:
    return part(page, QTextEdit, "results.report.lines").toPlainText()


def visit(workplace: Workplace, library: Library, instrument: str) -> None:
    """A closed visit to Kota Ambon in 2026; nothing is missing, or nothing could be assessed."""
    begun = begin(workplace, library.get(instrument), library)
    session = open_session(workplace.store, begun, library)
    if session.instrument.weighted:
        answer_all(session)
    else:
        leave_unassessed(session, workplace)
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.COMPLETED, departure=now)


def leave_unassessed(session: Session, workplace: Workplace) -> None:
    later = workplace.store.clock.now() + timedelta(days=1)
    for indicator in session.instrument.indicators():
        for side in indicator.sides if indicator.scale.answerable else ():
            given = {"indicator": indicator.code, "side": side.value, "not_assessed_reason": "–"}
            session.record(entry_from(given, zone=workplace.profile.zone, now=later))


def test_every_label_of_one_institution_has_room(page: ResultsPage) -> None:
    narrow(page, year="2024")
    open_institution(page, "Kabupaten Rembang")

    cramped = [
        one.text()
        for one in page.findChildren(QLabel)
        if one.isVisible() and not one.wordWrap() and one.text()
        if one.fontMetrics().horizontalAdvance(one.text()) > one.width()
    ]
    assert not cramped
    assert page.findChild(QWidget, "results.institution.back") is not None
