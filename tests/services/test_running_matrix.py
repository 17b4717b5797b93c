"""The window's matrix, counted anew at every answer, equals that of the document."""

from dataclasses import replace
from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.method_world import instrument, snapshot
from tests.domain.test_running_outlook import CODES, PEOPLE, PRODUCTS, SAID, rows, said

from assessor_app.domain.fulfilment import compare
from assessor_app.domain.outlook import RunningOutlook
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
    going_on, running = RunningOutlook(seen, of), RunningMatrix(of, words)
    for code, what, subject in steps:
        told = said(what, of.indicator(code), subject)
        seen = replace(seen, observations={**seen.observations, **told})
        counted = running.counted(going_on.again(seen, touched={code}).compared)

        whole = matrix(compare(seen, of), of, words)
        assert running.labels == whole.labels
        assert counted == ([[cell.count for cell in row] for row in whole.cells], whole.summary)


def test_a_product_that_is_named_later_is_counted_from_then_on() -> None:
    of, words = instrument(rows()), Words(Language.INDONESIAN, UTC)
    running = RunningMatrix(of, words)
    paper_only = said("paper only", of.indicator("X-1"), 0)
    running.counted(compare(snapshot(paper_only), of))

    seen = snapshot({**paper_only, **said("paper only", of.indicator("P-1"), 2)}, products=PRODUCTS)

    whole = matrix(compare(seen, of), of, words)
    assert running.counted(compare(seen, of))[1] == whole.summary
