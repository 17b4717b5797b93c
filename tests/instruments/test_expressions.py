"""Conditions as XLSForm writes them: what they mean, and what they are refused for."""

from datetime import UTC, datetime
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.expressions import Expression, compared, compiled, cycle, renamed
from assessor_app.instruments.odk_functions import CLOCK, FUNCTIONS
from assessor_app.instruments.odk_patterns import LONGEST_TEXT, matches, slow
from assessor_app.instruments.odk_values import day, number, text
from assessor_app.texts import Language, say

ANSWERS = {
    "P22-04": "present",
    "level": "3",
    "share": "2.5",
    "ticked": "a b d",
    "nothing": "none",
    "day": "2026-02-28",
    "word": "it's",
    "_1.x": "yes",
}

TRUE = [
    "${P22-04} = 'present'",
    "${ P22-04 } != 'absent'",
    '${word} = "it\'s"',
    "${word} = 'it''s'",
    "'${level}' = '${level}'",
    "${_1.x} = 'yes' and ${level} > 2",
    "${level} = 3 and ${level} = '3' and ${level} = 3.0",
    "${level} + ${share} = 5.5",
    "${level}-${share} = 0.5",
    "${level} * 2 - -1 = 7",
    "7 mod 3 = 1 and -7 mod 3 = -1 and 7 div 2 = 3.5",
    "0.1 + 0.2 = 0.3",
    "1 + 2 * 3 = 7 and (1 + 2) * 3 = 9",
    "1 = 1 or 1 = 2 and 1 = 2",
    "1 < 2 = true()",
    "not(${unanswered}) and ${unanswered} = ''",
    "string-length(${unanswered}) = 0",
    "selected(${ticked}, 'b') and not(selected(${ticked}, 'c'))",
    "selected(${nothing}, 'none') and count-selected(${nothing}) = 0",
    "count-selected(${ticked}) = 3 and selected-at(${ticked}, 2) = 'd'",
    "selected-at(${ticked}, 3) = '' and selected-at(${ticked}, -1) = ''",
    "if(${level} > 2, 'high', 'low') = 'high'",
    "if(${level} > 3, 'high', 'low') = 'low'",
    "coalesce(${unanswered}, ${level}) = 3 and coalesce(${level}, 'x') = 3",
    "regex(${day}, '[0-9]{4}-[0-9]{2}-[0-9]{2}')",
    "not(regex(${day}, '[0-9]{4}'))",
    "contains(${day}, '-02-') and starts-with(${day}, '2026') and ends-with(${day}, '28')",
    "substr(${day}, 0, 4) = '2026' and substr(${day}, 8) = '28' and substr(${day}, -2) = '28'",
    "substring(${day}, 1, 4) = '2026' and substring(${day}, 9) = '28'",
    "substring-before(${day}, '-') = '2026' and substring-after(${day}, '-') = '02-28'",
    "substring-before(${day}, 'x') = '' and substring-after(${day}, 'x') = ''",
    "translate('abc', 'abc', 'AB') = 'AB' and normalize-space('  a   b ') = 'a b'",
    "concat(${level}, ' of ', 5) = '3 of 5' and string(2.50) = '2.5'",
    "round(2.5) = 3 and round(-2.5) = -2 and round(2.345, 2) = 2.35",
    "int(2.9) = 2 and int(-2.9) = -2 and floor(-2.1) = -3 and ceiling(2.1) = 3",
    "abs(-2) = 2 and min(3, ${level}, 2) = 2 and max(3, 7) = 7",
    "boolean('false') and not(boolean-from-string('false')) and boolean-from-string('1')",
    "number('12') = 12 and number(true()) = 1",
    "${day} < '2026-03-01' and ${day} >= '2026-02-28'",
    "date('2026-03-01') - ${day} = 1 and date(${day} + 1) = '2026-03-01'",
    "format-date(${day}, '%e/%n/%y (%d-%m-%Y)') = '28/2/26 (28-02-2026)'",
    "decimal-date-time('1970-01-02') = 1",
    "${level}\u00a0>\u00a02",
    ".5 + 1. = 1.5",
]

FALSE = [
    "${unanswered} > 1",
    "${unanswered} < 1",
    "${unanswered} = 1",
    "${P22-04} > 1",
    "${P22-04} + 1 = ${P22-04} + 1",
    "0 div 0 = 0 div 0",
    "${unanswered}",
    "0",
    "''",
    "false()",
    "selected(${unanswered}, 'a')",
    "date('2026-02-31') = date('2026-03-03')",
    "min(1, 'x') > 0 or max('x') > 0 or round('x') > 0 or int('x') > 0",
    "format-date('x', '%Y') or date('x') or substring('abc', 'x') or substr('abc', 'x')",
]


@pytest.mark.parametrize("expression", TRUE)
def test_a_condition_that_is_met_holds(expression: str) -> None:
    assert compiled(expression).holds(ANSWERS)


@pytest.mark.parametrize("expression", FALSE)
def test_a_condition_that_is_not_met_does_not_hold(expression: str) -> None:
    assert not compiled(expression).holds(ANSWERS)


def test_an_unanswered_question_differs_from_every_number_as_in_xpath() -> None:
    assert compiled("${unanswered} != 1").holds({})


def test_a_constraint_looks_at_its_own_answer() -> None:
    constraint = compiled(". >= 0 and .<= 10 and .!=${level}")

    assert constraint.holds(ANSWERS, own="7")
    assert not constraint.holds(ANSWERS, own="3")
    assert not constraint.holds(ANSWERS, own="11")
    assert constraint.names == {"level"}


def test_today_is_the_day_of_the_clock() -> None:
    constraint = compiled(". <= today() and now() > today()")
    assert isinstance(constraint, Expression)
    noon = datetime(2026, 2, 28, 12, tzinfo=UTC)

    assert constraint.holds_at({}, own="2026-02-28", now=noon)
    assert not constraint.holds_at({}, own="2026-03-01", now=noon)
    assert compiled(". <= today()").holds({}, own="2020-01-01")
    assert not compiled(". <= today()").holds({}, own="9999-01-01")


REFUSED = [
    ("", "broken"),
    ("${level} ==", "broken"),
    ("${level} == 3", "broken"),
    ("(${level} = 3", "broken"),
    ("1 2", "broken"),
    ("if(1, 2)", "broken"),
    ("true(1)", "broken"),
    ("selected(${level})", "broken"),
    ("* 3", "broken"),
    ("${level", "reference"),
    ("$level = 3", "reference"),
    ("${} = 3", "reference"),
    ("level = 3", "word"),
    ("yes", "word"),
    ("../level = 3", "path"),
    ("/data/level = 3", "path"),
    ("${level}[1]", "path"),
    ("position(1) = 1", "function"),
    ("pulldata('a', 'b', 'c', 'd') = 1", "function"),
    ("indexed-repeat(${level}, ${level}, 1) = 1", "function"),
    ("jr:choice-name(${level}, 'level') = 'x'", "function"),
    ("__import__('os')", "function"),
    ("${level} = ‘3’", "quotes"),
    ("${level} = 'three", "quote_open"),
    ("regex(., ${level})", "pattern_open"),
    ("regex(., '[')", "pattern"),
    ("regex(., '(a+)+b')", "pattern_slow"),
    (f"regex(., '{'a' * 201}')", "pattern_long"),
    ("regex(., '(?i)ya')", "pattern_unknown"),
    (r"regex(., '(a)\1')", "pattern_unknown"),
    ("regex(., 'a*+b')", "pattern_unknown"),
    ("(" * 900 + "1" + ")" * 900, "deep"),
    ("1" + "+1" * 400, "deep"),
    ("1" * 2_001, "long"),
]


@pytest.mark.parametrize(("expression", "why"), REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(expression: str, why: str) -> None:
    with pytest.raises(InstrumentFault) as refused:
        compiled(expression)

    code = refused.value.code
    if why == "deep":  # where Python's own stack ends, the parser gives up first
        assert code in ("instrument_expression_deep", "instrument_expression_broken")
    else:
        assert code == f"instrument_expression_{why}"
    for language in Language:
        assert say(language, f"problems.{code}", **refused.value.places)


def test_a_function_that_is_missing_is_named() -> None:
    with pytest.raises(InstrumentFault) as refused:
        compiled("${a} = 1 and once(${b})")

    assert refused.value.places["function"] == "once"


def test_conditions_are_equal_by_their_text() -> None:
    assert compiled("${a} = 1") == compiled("${a} = 1")
    assert compiled("${a} = 1") != compiled("${a}=1")


@pytest.mark.parametrize(
    ("pattern", "is_slow"),
    [
        ("[0-9]{10}", False),
        ("[a-z.+-]+@[a-z.-]+", False),
        ("(08|[+]62)[0-9]{8,11}", False),
        ("(ab)+c", False),
        (r"\(+\)+", False),
        ("[(+)]+", False),
        ("(a+)+", True),
        ("((a+))+", True),
        ("(a|a)*", True),
        ("(a*){2,}", True),
        ("(a?b{1,9})*", True),
        ("[0-9]*" * 6 + "x", True),
        (".*,.*,.*,.*;", True),
        (".*.*.*x", True),
        ("a*?b*?c*?d", True),
        ("a*" * 20 + "b", True),
        ("(a?){40}a{40}b", True),
        ("(a|a)" * 30 + "b", True),
        ("(){4000000000}", True),
        (r"[a-z.]+@[a-z.-]+\.[a-z]{2,}", False),
        ("([0-9]+,)*[0-9]+", False),
        (r"\w+\W\w+\W\w+", False),
        ("[^,]*,[^,]*,[^,]*,[^,]*;?", False),
        ("é*É*è*é*É*è*", True),  # what is beyond ASCII is taken to be the same
        ("^(?!0+$)[0-9]{1,16}$", False),
        ("a{,3}b{2,}c{3}", False),
        ("{a]", False),
    ],
)
def test_a_pattern_that_could_take_for_ever_is_known(pattern: str, *, is_slow: bool) -> None:
    assert slow(pattern) is is_slow


PATTERNS = st.recursive(
    st.sampled_from([*"ab.", "[ab]", "[^a]", r"\w", "a{2}"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=5).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda them: f"({'|'.join(them)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "*?", "{0,9}", "{3,}"])).map(
            lambda both: f"(?:{both[0]}){both[1]}"
        ),
        st.sampled_from(["a*", "b+", ".*", "[ab]+?", r"\w*"]),
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=150)
@given(PATTERNS, st.sampled_from(["a", "ab", "aab", "b"]))
def test_a_pattern_that_is_let_in_gives_up_soon(pattern: str, repeated: str) -> None:
    assume(not slow(pattern))
    hardest = f"{repeated * 400}c"

    begun = perf_counter()
    matches(f"{pattern}x", hardest)

    assert perf_counter() - begun < 5


def test_an_answer_longer_than_any_pattern_is_for_meets_none() -> None:
    written = compiled("regex(., 'a*')")

    assert written.holds({}, own="a" * LONGEST_TEXT)
    assert not written.holds({}, own="a" * (LONGEST_TEXT + 1))


def test_a_pattern_knows_digits_as_the_other_tools_do() -> None:
    assert compiled(r"regex(., '\d+')").holds({}, own="42")
    assert not compiled(r"regex(., '\d+')").holds({}, own="٤٢")


def test_a_cycle_is_found_from_wherever_it_begins() -> None:
    conditions = {
        "a": compiled("${b} = 1"),
        "b": compiled("${c} = 1 or ${d} = 1"),
        "c": None,
        "d": compiled("${b} = 2"),
    }

    assert cycle(conditions) == ("b", "d")
    assert cycle({"a": compiled("${a} = 1")}) == ("a",)
    assert cycle({"a": compiled("${b} = 1"), "b": compiled("${elsewhere} = 1")}) is None


def test_a_long_chain_is_no_cycle() -> None:
    chain = {f"q{index}": compiled(f"${{q{index + 1}}} = 1") for index in range(3_000)}

    assert cycle(chain) is None
    assert cycle(dict(reversed(chain.items()))) is None
    assert cycle({**chain, "q3000": compiled("${q0} = 1")}) == tuple(f"q{n}" for n in range(3_001))


def test_what_a_question_is_compared_with_is_told() -> None:
    condition = compiled("${a} = 'x' or not(selected((${b}), 'y')) and 'z' != ${a} and ${c} > 'w'")

    assert compared(condition) == {("a", "x"), ("b", "y"), ("a", "z")}


def test_questions_are_renamed_but_not_within_texts() -> None:
    assert renamed("${a} = '${a}' and ${ b } = 1", {"a": "1a"}) == "${1a} = '${a}' and ${b} = 1"


def test_values_that_are_none_are_no_numbers_and_no_days() -> None:
    assert number("1e3").is_nan()
    assert number(" 7 ") == 7
    assert number("٧").is_nan()  # an Arabic seven
    assert number("2026-02-28T12:00:00Z") == Decimal("20512.5")
    assert number("2026-02-28T25:00:00").is_nan()
    assert day(Decimal("1e30")) is None
    assert day(value=True) is None
    assert day(Decimal(-719_163)) is None
    assert text(Decimal("1E+3")) == "1000"
    assert text(Decimal("NaN")) == "NaN"


OPERATORS = ["=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "and", "or"]
VALUES = st.one_of(
    st.just("."),
    st.sampled_from(["${a}", "${b}", "''", "'none'", "'2026-02-30'", "0", "-1.5", "999999999999"]),
    st.text("abc 01-.", max_size=6).map(lambda inner: f"'{inner}'"),
)


def _call(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def call(name: str) -> st.SearchStrategy[str]:
        if name == "regex":
            return values.map(lambda value: f"regex({value}, '[a-c]+')")
        arity = FUNCTIONS[name].arity
        least, most = (arity, arity) if isinstance(arity, int) else arity
        given = st.lists(values, min_size=least, max_size=3 if most is None else most)
        return given.map(lambda inner: f"{name}({', '.join(inner)})")

    operators = st.sampled_from(OPERATORS)
    infix = st.tuples(values, operators, values).map(lambda one: f"({' '.join(one)})")
    clock = st.sampled_from(sorted(CLOCK)).map(lambda name: f"{name}()")
    return st.one_of(st.sampled_from(sorted(FUNCTIONS)).flatmap(call), infix, clock)


@given(
    expression=st.recursive(VALUES, _call, max_leaves=12),
    answers=st.dictionaries(st.sampled_from("ab"), st.text(max_size=12)),
    own=st.one_of(st.none(), st.text(max_size=12)),
)
def test_a_sound_expression_always_has_an_answer(
    expression: str, answers: dict[str, str], own: str | None
) -> None:
    condition = compiled(expression)

    assert condition.holds(answers, own=own) in (True, False)
    assert condition.names <= {"a", "b"}


@given(st.one_of(st.text(max_size=80), st.text("${}()'\" abc.=<>!+-*/,[]:1", max_size=80)))
def test_any_text_is_a_condition_or_refused(expression: str) -> None:
    condition, refused = None, ""
    try:
        condition = compiled(expression)
    except InstrumentFault as fault:
        refused = fault.code

    if condition is None:
        assert refused.startswith("instrument_expression_")
    else:
        assert condition.holds({}) in (True, False)
