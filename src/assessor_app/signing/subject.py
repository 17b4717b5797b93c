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
_PROHIBITED = (
    stringprep.in_table_a1,  # unassigned in Unicode 3.2, emoji among them
    stringprep.in_table_c3,  # private use
    stringprep.in_table_c4,  # no characters
    stringprep.in_table_c5,  # surrogates
    stringprep.in_table_c8,  # change of writing direction
)


def trial_subject(*, name: str, office: str, employee_id: str) -> x509.Name:
    """The subject of a trial certificate; `employee_id` may be empty.

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
        NameOID.ORGANIZATIONAL_UNIT_NAME: TRIAL_UNIT,
        NameOID.COMMON_NAME: common_name,
        NameOID.SERIAL_NUMBER: serial_number,
    }
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in attributes.items() if text])


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
    if not _runs_one_way(comparable.strip()):
        comparable = "".join(sign for sign in comparable if not stringprep.in_table_d1(sign))
    return _cut(" ".join(comparable.split()))


def _is_comparable(sign: str) -> bool:
    # Readers fold capitals first: a letter may have a small one that is younger than Unicode 3.2.
    folded = unicodedata.normalize("NFKC", stringprep.map_table_b2(sign))
    return sign != "\N{REPLACEMENT CHARACTER}" and not any(
        prohibited(part) for part in folded for prohibited in _PROHIBITED
    )


def _runs_one_way(line: str) -> bool:
    """RFC 3454, section 6: right-to-left text begins and ends so, and has no left-to-right sign."""
    if not any(stringprep.in_table_d1(sign) for sign in line):
        return True
    return (
        stringprep.in_table_d1(line[0])
        and not any(stringprep.in_table_d2(sign) for sign in line)
        and stringprep.in_table_d1(line[-1])
    )


def _cut(line: str) -> str:
    if len(line.encode()) <= _LONGEST:
        return line
    room = _LONGEST - len("…".encode())
    return line.encode()[:room].decode(errors="ignore").rstrip() + "…"
