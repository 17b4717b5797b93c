"""How paper and practice compare, as a word and as a colour: the same in every picture."""

from collections.abc import Mapping

from assessor_app.charts.matrix import Standing
from assessor_app.reporting.content import GapTone
from assessor_app.reporting.headings import Headings

TONE_OF: Mapping[Standing, GapTone] = {
    Standing.CONSISTENT: GapTone.CONSISTENT,
    Standing.PAPER_AHEAD: GapTone.PAPER_AHEAD,
    Standing.PRACTICE_AHEAD: GapTone.PRACTICE_AHEAD,
    Standing.NEITHER: GapTone.NEITHER,
}


def standing_name(standing: Standing, words: Headings) -> str:
    """The name of a way to compare, as the columns of the tables call it."""
    names = {
        Standing.CONSISTENT: words.consistent,
        Standing.PAPER_AHEAD: words.more_on_paper,
        Standing.PRACTICE_AHEAD: words.more_in_practice,
        Standing.NEITHER: words.neither,
    }
    return names[standing]
