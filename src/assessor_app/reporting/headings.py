"""The report's own words: section headings, column titles and labels, in its language."""

from dataclasses import dataclass, fields
from functools import cache

from assessor_app.texts import Language, catalogue


@dataclass(frozen=True, slots=True)
class Headings:
    """Every fixed word of the report; the sentences stand in `resources/texts/report.*.toml`.

    Names that end in `_of` hold named places.
    """

    # header and footer
    page_of: str
    record_of: str
    # first page
    document_number: str
    provisional_score: str
    out_of: str
    gauge_official: str
    gauge_paper: str
    gauge_practice: str
    weightiest: str
    weightiest_none: str
    foremost: str
    completeness: str
    gap_picture_note: str
    gap_points_note: str
    gap_count_of: str
    # facts of the visit, interviews
    visit: str
    team: str
    interviews: str
    respondents: str
    answered: str
    result: str
    answers: str
    # alternative texts of pictures
    alt_logo_of: str
    alt_gauge_of: str
    alt_score_of: str
    alt_zone_of: str
    alt_strip_of: str
    alt_matrix_of: str
    alt_matrix_cell_of: str
    alt_bars_of: str
    alt_shares_of: str
    alt_share_of: str
    alt_progress_of: str
    alt_qr_of: str
    alt_photo_of: str
    alt_document_of: str
    alt_sound_of: str
    alt_video_of: str
    # overview
    overview: str
    overview_of_gaps: str
    matrix: str
    matrix_paper: str
    matrix_practice: str
    matrix_count_of: str
    matrix_points_of: str
    matrix_one_point: str
    dimensions: str
    dimension: str
    points_maximum: str
    points_paper: str
    points_practice: str
    points_official: str
    counts: str
    consistency: str
    indicators_counted: str
    consistent: str
    more_on_paper: str
    more_in_practice: str
    neither: str
    not_compared: str
    past_results: str
    past_year: str
    past_score: str
    past_zone: str
    past_source: str
    contents: str
    # findings
    findings: str
    no_findings: str
    finding_of: str
    on_paper: str
    in_practice: str
    photo_hash: str
    legal_basis: str
    advice: str
    due_date: str
    check: str
    # receiver
    receiver: str
    no_response: str
    declaration: str
    # indicator table
    indicators: str
    code: str
    indicator: str
    weight: str
    paper: str
    practice: str
    gap: str
    points: str
    # what is missing
    omissions: str
    no_omissions: str
    inapplicable: str
    reason: str
    other_photos: str
    # signatures
    signatures: str
    assessor_signs: str
    receiver_signs: str
    wet_signature: str
    no_signature: str
    timestamp_of: str
    # minutes of a visit that was not completed
    account: str
    sessions: str
    session: str
    session_began: str
    session_ended: str
    session_why: str
    recorded: str
    recorded_whole: str
    not_assessed: str
    document_integrity: str
    added_to: str
    added_statement: str
    # annexes
    method: str
    integrity: str
    how_to_verify: str
    qr_caption: str
    full_notes: str
    full_note_of: str
    see_full_note_of: str


@cache
def headings(language: Language) -> Headings:
    """All fixed words in one language. Raises KeyError where the catalogue lacks one."""
    texts = catalogue("report", language)
    return Headings(**{word.name: texts[word.name] for word in fields(Headings)})
