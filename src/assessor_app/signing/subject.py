"""A holder's name as the subject of a certificate, in the characters that readers can compare."""

import re
import stringprep
import unicodedata

from cryptography import x509
from cryptography.x509.oid import NameOID

from assessor_app.domain.problem import IdentityProblem

TRIAL_UNIT = "UJI COBA / TRIAL – tidak tersertifikasi"
"""Stands as OU in the subject, so that every viewer shows it beside the name."""

_COUNTRY = "ID"
_LONGEST = 64  # X.520 bound of CN and O; in UTF-8 bytes, as the strictest readers count
_PRINTABLE_STRING = re.compile(r"[A-Za-z0-9 '()+,./:=?-]*")  # X.680, the type of serialNumber
_TITLES = frozenset(
    (
        *("prof", "dr", "drs", "dra", "drg", "drh", "ir", "apt", "ns", "hc"),
        *("h", "hj", "k", "kh", "r", "ra", "rr", "bapak", "pak", "ibu", "bu", "sdr", "sdri"),
    )
)
_DEGREE = re.compile(r"[A-Z][A-Za-z]*\.(?:[A-Za-z]+\.?)+")  # "S.H.", "M.Si", "Ph.D."; not "B."
_PROHIBITED = (
    stringprep.in_table_a1,  # unassigned in Unicode 3.2, emoji among them
    stringprep.in_table_c3,  # private use
    stringprep.in_table_c4,  # no characters
    stringprep.in_table_c5,  # surrogates
    stringprep.in_table_c8,  # change of writing direction
)


def trial_subject(*, name: str, office: str, employee_id: str) -> x509.Name:
    """The subject of a trial certificate. Takes and raises as `holder_subject`."""
    return holder_subject(name=name, office=office, employee_id=employee_id, unit=TRIAL_UNIT)


def holder_subject(*, name: str, office: str, employee_id: str, unit: str = "") -> x509.Name:
    """The subject of a holder's certificate; `employee_id` and `unit` may be empty.

    Raises IdentityProblem `identity_name_empty` where no character of the name can stand in a
    certificate, `identity_employee_id_invalid` where the number has signs that it cannot hold.
    """
    common_name, serial_number = storable(name), employee_id.strip()
    if not common_name:
        raise IdentityProblem("identity_name_empty", name=name)
    if len(serial_number) > _LONGEST or not _PRINTABLE_STRING.fullmatch(serial_number):
        raise IdentityProblem("identity_employee_id_invalid", employee_id=serial_number)
    attributes = {
        NameOID.COUNTRY_NAME: _COUNTRY,
        NameOID.ORGANIZATION_NAME: storable(office),
        NameOID.ORGANIZATIONAL_UNIT_NAME: unit,
        NameOID.COMMON_NAME: common_name,
        NameOID.SERIAL_NUMBER: serial_number,
    }
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in attributes.items() if text])


def same_name(one: str, other: str) -> bool:
    """Whether two names are one in a certificate: capitals and spaces tell nobody apart."""
    return storable(one).casefold() == storable(other).casefold()


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person's: as `same_name`, with or without their titles."""
    return same_name(one, other) or same_name(_untitled(one), _untitled(other))


def same_number(one: str, other: str) -> bool:
    """Whether two employee numbers are one, however they are grouped."""
    return "".join(one.split()) == "".join(other.split())


def storable(text: str) -> str:
    """The text as one line that a certificate can hold; the record and the page carry it whole.

    Readers compare names by RFC 4518, in Unicode 3.2. A name with an emoji, or with both writing
    directions, equals nothing there, itself included, and the signature under it would be called
    invalid: such characters are left out. What exceeds 64 bytes is cut and ends in "…".
    """
    spaced = "".join(
        " " if unicodedata.category(sign) == "Cc" else sign
        for sign in unicodedata.normalize("NFC", text)
    )
    comparable = "".join(sign for sign in spaced if _is_comparable(sign))
    if not _runs_one_way(_folded(comparable.strip())):
        comparable = "".join(sign for sign in comparable if not _runs_left(_folded(sign)))
    return _cut(" ".join(comparable.split()))


def _untitled(name: str) -> str:
    """A name without "dr." and the like before it, and without the degrees that follow it.

    A name of nothing but titles stays: "H." and "Dr." are not one person.
    """
    words = name.partition(",")[0].split()
    while words and words[0].casefold().rstrip(".") in _TITLES:
        del words[0]
    while len(words) > 1 and _DEGREE.fullmatch(words[-1]):
        del words[-1]
    return " ".join(words) or name


def _is_comparable(sign: str) -> bool:
    return sign != "\N{REPLACEMENT CHARACTER}" and not any(
        prohibited(part) for part in _folded(sign) for prohibited in _PROHIBITED
    )


def _folded(line: str) -> str:
    """As readers compare it: a letter may become one that is younger, or runs the other way."""
    return unicodedata.normalize("NFKC", "".join(map(stringprep.map_table_b2, line)))


def _runs_one_way(line: str) -> bool:
    """RFC 3454, section 6: right-to-left text begins and ends so, and has no left-to-right sign."""
    if not _runs_left(line):
        return True
    return (
        stringprep.in_table_d1(line[0])
        and not any(stringprep.in_table_d2(sign) for sign in line)
        and stringprep.in_table_d1(line[-1])
    )


def _runs_left(line: str) -> bool:
    return any(stringprep.in_table_d1(sign) for sign in line)


def _cut(line: str) -> str:
    if len(line.encode()) <= _LONGEST:
        return line
    room = _LONGEST - len("…".encode())
    return line.encode()[:room].decode(errors="ignore").rstrip() + "…"
