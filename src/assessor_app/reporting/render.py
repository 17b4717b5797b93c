"""Content to a finished, unsigned PDF with the machine-readable record inside."""

from collections.abc import Callable
from dataclasses import dataclass

from assessor_app.reporting import closing_pages
from assessor_app.reporting.addendum import AddendumContent, AddendumDraft, addendum
from assessor_app.reporting.draft import AnyDraft, Draft, MinutesDraft, ReportDraft
from assessor_app.reporting.embedding import Properties, finish
from assessor_app.reporting.finding_cards import findings
from assessor_app.reporting.flowables import Story
from assessor_app.reporting.follow_up_section import follow_up
from assessor_app.reporting.front_page import front_page
from assessor_app.reporting.indicator_table import indicator_table
from assessor_app.reporting.interview_section import interviews
from assessor_app.reporting.late_numbers import late_contents, late_numbers
from assessor_app.reporting.minutes import minutes
from assessor_app.reporting.minutes_content import MinutesContent
from assessor_app.reporting.omission_table import omissions
from assessor_app.reporting.overview import overview
from assessor_app.reporting.page_furniture import draw_furniture
from assessor_app.reporting.pages import set_pages
from assessor_app.reporting.report_content import ReportContent
from assessor_app.reporting.signature_fields import SignatureField
from assessor_app.reporting.tried_section import tried
from assessor_app.reporting.typefaces import register


@dataclass(frozen=True, slots=True)
class Rendered:
    """An unsigned PDF and the empty signature fields in it, those of people in reading order."""

    pdf: bytes
    page_count: int
    fields: tuple[SignatureField, ...]


Content = ReportContent | MinutesContent | AddendumContent


def render(content: Content, *, record: bytes | None) -> Rendered:
    """Set the document and attach `record` as `temuan.json`; a preview has none.

    The same content and record give the same bytes: no clock and no chance has a part in it.
    """
    register()
    match content:
        case ReportContent():
            report = Draft(content)
            return _rendered(report, _report(report), record=record)
        case MinutesContent():
            short = Draft(content)
            return _rendered(short, _minutes(short), record=record)
        case AddendumContent():
            added = Draft(content)
            return _rendered(added, _addendum(added), record=record)


def _rendered(draft: AnyDraft, story: Story, *, record: bytes | None) -> Rendered:
    document = draft.content.document
    pages = set_pages(
        story, language=document.language, over=lambda canvas: draw_furniture(canvas, draft)
    )
    properties = Properties(
        title=f"{document.title} · {document.number}",
        author=document.author,
        subject=document.subject,
        language=document.language,
        made_at=document.created_at,
    )
    return Rendered(
        pdf=finish(pages.pdf, properties, record=record),
        page_count=pages.count,
        fields=draft.fields(),
    )


def _report(draft: ReportDraft) -> Story:
    """The report in reading order. The notes and numbers come last: only then all are known."""
    parts: tuple[Callable[[ReportDraft], Story], ...] = (
        front_page,
        overview,
        follow_up,
        findings,
        indicator_table,
        interviews,
        tried,
        omissions,
        closing_pages.other_photos,
        closing_pages.receiver,
        closing_pages.signature_page,
        closing_pages.method,
        closing_pages.integrity,
        closing_pages.full_notes,
    )
    told = [flowable for part in parts for flowable in part(draft)]
    return [*told, late_contents(draft), late_numbers(draft)]


def _minutes(draft: MinutesDraft) -> Story:
    return [*minutes(draft), *closing_pages.full_notes(draft), late_numbers(draft)]


def _addendum(draft: AddendumDraft) -> Story:
    return [*addendum(draft), *closing_pages.full_notes(draft), late_numbers(draft)]
