"""How far down a sheet goes: told from its XML, before its rows are made one by one."""

from xml.parsers.expat import ExpatError, ParserCreate

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROW = f"{_MAIN} row"
_FILLED = frozenset({f"{_MAIN} v", f"{_MAIN} f", f"{_MAIN} is"})


def last_filled_row(content: bytes) -> int:
    """The last row with a value or formula; 0 for an empty sheet.

    Spreadsheets mark the million rows below a table as formatted, and a reader that follows them
    makes each. Raises ValueError for XML that cannot be read.
    """
    number = last = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal number, last
        if name == _ROW:
            given = attributes.get("r")
            # As openpyxl counts; it takes "7.0" for seven as well.
            number = int(float(given)) if given else number + 1
        elif name in _FILLED:
            last = max(last, number)

    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    try:
        parser.Parse(content, True)
    except (ExpatError, OverflowError) as error:
        raise ValueError(str(error)) from error
    return last
