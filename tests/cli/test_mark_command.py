"""Marks from the command line: put, listed, taken off; only an assessor's own part is given up."""

from tests.cli.calling import Call


def test_an_indicator_is_marked_taken_and_let_go(call: Call, visit: str) -> None:
    assert call("mark", visit, "--json").data["marks"] == []

    put = call("mark", visit, "P15-06", "--later", "--mine", "--json")
    assert put.code == 0, put.err
    (mark,) = put.data["marks"]
    assert (mark["indicator"], mark["later"], bool(mark["mine"])) == ("P15-06", True, True)
    assert "P15-06" in call("mark", visit).out

    assert call("mark", visit, "P15-06", "--clear", "--json").data["marks"] == []


def test_what_does_not_fit_together_is_refused(call: Call, visit: str) -> None:
    for given in (("P15-06",), ("--later",), ("P15-06", "--later", "--clear"), ("X-1", "--later")):
        assert call("mark", visit, *given).code != 0, given
    assert call("mark", visit, "--json").data["marks"] == []
