"""Every key of the checklist: the one table that binds them, and that `?` shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from assessor_app.ui.desk import Desk
from assessor_app.ui.models.outline_row import Show

DIGITS = "12345678"
"""They answer; 9 and 0 stand for the reasons why there is no answer."""
FURTHER = "QWERYU"
"""They go on after 8, and lie below the digits: the 14 components have each a key."""
ANSWER_KEYS = (*DIGITS, "9", "0", *FURTHER)


class Group(StrEnum):
    """What keys are for, in the order in which they are shown."""

    ANSWERING = "answering"
    MOVING = "moving"
    WRITING = "writing"
    LOOKING = "looking"
    FILTERS = "filters"
    VISIT = "visit"


class Reach(Enum):
    """Where a key works."""

    PLAIN = auto()  # not inside of a text field, which would want it for itself
    FREE = auto()  # nor on a button, which it presses
    ALWAYS = auto()


@dataclass(frozen=True, slots=True)
class Key:
    """What one or several keys do; `parts` are the controls of the page that they stand for.

    `parts` are the ends of object names. `told` is shown in the place of a long row of keys.
    """

    action: str
    keys: tuple[str, ...]
    group: Group
    reach: Reach = Reach.PLAIN
    parts: tuple[str, ...] = ()
    told: str = ""


_A, _M, _W = Group.ANSWERING, Group.MOVING, Group.WRITING
_L, _F, _V = Group.LOOKING, Group.FILTERS, Group.VISIT
_ALWAYS, _FREE = Reach.ALWAYS, Reach.FREE

TABLE: tuple[Key, ...] = (
    Key("answer", ANSWER_KEYS, _A, told="1 … 8, Q W E R Y U"),
    Key("both", tuple(f"Ctrl+{one}" for one in DIGITS), _A, _ALWAYS, told="Ctrl+1 … Ctrl+8"),
    Key("nothing", ("X",), _A, parts=("none",)),
    Key("not_assessed", ("T",), _A, parts=("not_assessed",)),
    Key("not_applicable", ("B",), _A, parts=("not_applicable",)),
    Key("same", ("S",), _A, parts=("same",)),
    Key("paper", ("Left",), _A),
    Key("practice", ("Right",), _A),
    Key("next", ("Return", "Enter", "Ctrl+Return"), _M, _FREE, ("next",), "Enter, Ctrl+Enter"),
    Key("down", ("Down",), _M),
    Key("up", ("Up",), _M, parts=("previous",)),
    Key("next_open", ("Ctrl+Shift+Return",), _M, _ALWAYS, ("next_open",), "Ctrl+Shift+Enter"),
    Key("next_question", ("Ctrl+Right",), _M, _ALWAYS, ("respondents.next",)),
    Key("next_respondent", ("+",), _M, parts=("respondents.add",)),
    Key("note", ("N",), _W),
    Key("template", ("K", "Ctrl+T"), _W, parts=("templates",)),
    Key("prove", ("Ctrl+B",), _W, _ALWAYS, ("evidence.add",)),
    Key("paste", ("Ctrl+V",), _W),
    Key("web", ("Ctrl+U",), _W, _ALWAYS, ("evidence.web",)),
    Key("no_evidence", ("L",), _W, parts=("no_evidence_reason",)),
    Key("document", ("D",), _W, parts=("document",)),
    Key("time", ("J",), _W, parts=("time",)),
    Key("mark", ("M",), _W, parts=("mark",)),
    Key("take", ("A",), _W, parts=("take",)),
    Key("leave", ("Esc",), _W, _ALWAYS),
    Key("guidance", ("G",), _L, parts=("guidance",)),
    Key("history", ("Ctrl+H",), _L, _ALWAYS, ("history",)),
    Key("products", ("P",), _L, parts=("products",)),
    Key("outline", ("O",), _L, parts=("checklist.menu",)),
    Key("score", ("I",), _L, parts=("checklist.drawer",)),
    Key("search", ("Ctrl+F",), _L, _ALWAYS, ("search",)),
    *(
        Key(f"show_{show}", (f"Alt+{place}",), _F, _ALWAYS, (f"filter.{show}",))
        for place, show in enumerate(Show, start=1)
    ),
    Key("undo", ("Ctrl+Z",), _V, _ALWAYS, ("undo",)),
    Key("redo", ("Ctrl+Shift+Z",), _V, _ALWAYS, ("redo",)),
    Key("pause", ("Ctrl+J",), _V, _ALWAYS, ("checklist.pause",)),
    Key("review", ("Ctrl+R",), _V, _ALWAYS, ("review",)),
    Key("interviews", ("Ctrl+I",), _V, _ALWAYS, ("checklist.interviews",)),
    Key("trials", ("Ctrl+K",), _V, _ALWAYS, ("checklist.trials",)),
    Key("pictures", ("Ctrl+G",), _V, _ALWAYS, ("checklist.pictures",)),
    Key("keys", ("?",), _V, parts=("checklist.keys",)),
)

OVER_PAGES: tuple[Key, ...] = (
    Key("watch", ("F8",), _A, _ALWAYS),
    Key("watch_stop", ("Shift+F8",), _A, _ALWAYS),
)
"""Keys of the stopwatch: it binds them itself, as it runs over other pages too."""

_BY_ACTION: Mapping[str, Key] = {one.action: one for one in (*TABLE, *OVER_PAGES)}
_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter"}


def caps(key: Key) -> str:
    """The keys as they stand on the keyboard."""
    return key.told or ", ".join(_cap(one) for one in key.keys)


def sequence(action: str) -> str:
    """The first key of an action, to be bound."""
    return _BY_ACTION[action].keys[0]


def told_key(desk: Desk, action: str) -> str:
    """The keys of an action, for a tooltip: all of them, as they are called here."""
    key = _BY_ACTION[action]
    return desk.say("keys.or").join(_cap(one) for one in key.keys)


def with_key(desk: Desk, text: str, action: str) -> str:
    """What a button is called, and behind it its first key."""
    return desk.say("keys.behind", text=text, key=_cap(_BY_ACTION[action].keys[0]))


def _cap(key: str) -> str:
    *held, last = key.split("+") if key != "+" else [key]
    return "+".join((*held, _SIGNS.get(last, last)))
