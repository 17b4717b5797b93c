"""Parts of a broken file that can still be compared with others: those whose words alone are wrong.

Unknown keys and missing translations are told as what they are; no rule looks at them, so they
must not hide what the rules find.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assessor_app.instruments.faults import KeyPath
from assessor_app.instruments.schema import WordingForm

_Form = TypeVar("_Form", bound=BaseModel)


def form_of(form: type[_Form], raw: object) -> _Form | None:
    """A part of a file, with a stand-in for broken words; None where more is wrong with it."""
    try:
        return form.model_validate(raw)
    except ValidationError as error:
        details = error.errors(include_url=False)
    mended = deepcopy(raw)
    for detail in details:
        _mend(form, mended, detail)
    try:
        return form.model_validate(mended)
    except ValidationError:
        return None


def form_at(form: type[BaseModel], path: KeyPath) -> type[BaseModel]:
    """The form that a key path of a form ends in."""
    for _, inner in _forms(form, path):
        form = inner
    return form


def _forms(form: type[BaseModel], path: KeyPath) -> Iterator[tuple[int, type[BaseModel]]]:
    """Each form on the way down a path, with how many keys lead to it."""
    for length, part in enumerate(path, start=1):
        field = form.model_fields.get(part) if isinstance(part, str) else None
        inner = _form_in(field.annotation) if field else None
        if inner is not None:
            form = inner
            yield length, inner


def _form_in(annotation: object) -> type[BaseModel] | None:
    """The form that a field holds, be it one, a list or a table of them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_form_in(one) for one in get_args(annotation))
    return next((form for form in inner if form is not None), None)


def _mend(form: type[BaseModel], raw: object, detail: ErrorDetails) -> None:
    path = detail["loc"]
    for length, inner in _forms(form, path):
        if inner is WordingForm:
            listed = length < len(path) and isinstance(path[length], int)
            _put(raw, path[: length + listed], {"id": "-", "en": "-"})
            return
    if detail["type"] == "extra_forbidden":
        _put(raw, path, None)


def _put(raw: object, path: KeyPath, value: object) -> None:
    """Another value at the end of a path, as far as the path goes; no key at all for None."""
    for part in path[:-1]:
        if isinstance(raw, dict):
            raw = raw.get(part)
        elif isinstance(raw, list) and isinstance(part, int) and part < len(raw):
            raw = raw[part]
    last = path[-1] if path else None
    if isinstance(raw, list) and isinstance(last, int) and last < len(raw):
        raw[last] = value
    elif isinstance(raw, dict) and value is None:
        raw.pop(last, None)
    elif isinstance(raw, dict):
        raw[last] = value
