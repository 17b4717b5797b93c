"""What a picture shows, in words made of the same content: for readers that do not see it."""

from collections.abc import Sequence

from assessor_app.charts.strip import Run
from assessor_app.reporting.content import Medium, Photo
from assessor_app.reporting.figures import DimensionRow, Matrix, Score, Scores, ShareRow
from assessor_app.reporting.headings import Headings
from assessor_app.reporting.standings import standing_name

_MOST_SPOKEN = 400  # characters of a caption: the whole stands beside the picture


def gauge_alt(scores: Scores, words: Headings) -> str:
    """All three scores and the zone of the one that has one."""
    three = (scores.official, scores.paper, scores.practice)
    told = " ".join(_score(one, words) for one in three)
    return words.alt_gauge_of.format(maximum=scores.maximum_text, scores=told)


def strip_alt(runs: Sequence[Run], words: Headings) -> str:
    """How many indicators compare in which way."""
    told = "; ".join(f"{standing_name(run.standing, words)}: {len(run.columns)}" for run in runs)
    return words.alt_strip_of.format(runs=told)


def matrix_alt(matrix: Matrix, words: Headings) -> str:
    """Every cell with its count."""
    cells = "; ".join(
        words.alt_matrix_cell_of.format(paper=paper, practice=practice, count=cell.count)
        for paper, row in zip(matrix.labels, matrix.cells, strict=True)
        for practice, cell in zip(matrix.labels, row, strict=True)
    )
    return words.alt_matrix_of.format(cells=cells)


def bars_alt(row: DimensionRow, words: Headings) -> str:
    """Both sides' points of a dimension or variable."""
    return words.alt_bars_of.format(
        name=row.name,
        paper=row.paper_text,
        practice=row.practice_text,
        maximum=row.maximum_text,
    )


def shares_alt(row: ShareRow, titles: Sequence[str], words: Headings) -> str:
    """The shares of a bar, under the titles of its columns."""
    told = "; ".join(
        words.alt_share_of.format(name=title, share=share)
        for title, share in zip(titles, row.texts, strict=True)
    )
    return words.alt_shares_of.format(name=row.name, shares=told)


def photo_alt(photo: Photo, words: Headings) -> str:
    """What a piece of evidence is: its side, its caption and when it was made."""
    caption = " ".join(photo.caption.split())[:_MOST_SPOKEN]
    parts = [part.rstrip(".") for part in (photo.side, caption, photo.taken_at) if part]
    of = {
        Medium.PICTURE: words.alt_photo_of,
        Medium.DOCUMENT: words.alt_document_of,
        Medium.SOUND: words.alt_sound_of,
        Medium.VIDEO: words.alt_video_of,
    }
    return of[photo.medium].format(told=". ".join(parts) + ".")


def qr_alt(number: str, words: Headings) -> str:
    """What a phone reads from the code, but for the hash: its 64 digits stand beside it."""
    return words.alt_qr_of.format(number=" ".join(number.split()))


def _score(score: Score, words: Headings) -> str:
    if score.zone is None:
        return words.alt_score_of.format(name=score.name, points=score.text)
    return words.alt_zone_of.format(name=score.name, points=score.text, zone=score.zone_name)
