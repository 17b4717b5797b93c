"""The window's matrix, counted anew at every answer, equals that of the document."""

from dataclasses import replace
from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.method_world import instrument, snapshot
from tests.domain.test_running_outlook import CODES, PEOPLE, PRODUCTS, SAID, rows, said

from assessor_app.domain.fulfilment import compare
from assessor_app.services.report.matrix import RunningMatrix, matrix
from assessor_app.services.report.words import Words
from assessor_app.texts import Language


@given(
    st.lists(
        st.tuples(st.sampled_from(CODES), st.sampled_from(SAID), st.integers(0, 2)), max_size=30
    ),
    st.booleans(),
)
def test_counts_and_sentence_are_those_of_the_document(
    steps: list[tuple[str, str, int]],
    weighted: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    of = instrument(rows(), weighted=weighted)
    words = Words(Language.INDONESIAN, UTC)
    seen = snapshot(products=PRODUCTS, respondents=PEOPLE)
    for code, what, subject in steps:
        told = said(what, of.indicator(code), subject)
        seen = replace(seen, observations={**seen.observations, **told})
    compared = compare(seen, of)

    running = RunningMatrix(of, words)
    whole = matrix(compared, of, words)

    assert running.labels == whole.labels
    assert running.counted(compared) == (
        [[cell.count for cell in row] for row in whole.cells],
        whole.summary,
    )
