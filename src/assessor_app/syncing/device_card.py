"""Which device asks for a certificate: a signed block behind its request, in the same file.

It stands as a PEM block of its own, which programs that read requests pass over.
"""

import base64
import binascii
import re
import textwrap
from dataclasses import dataclass

from assessor_app.syncing.reading import as_count, as_hex32, as_text
from assessor_app.syncing.signed import Sign, read_signed, signed

FORM = 1
_DOMAIN = b"device-v1\0"
_BEGIN, _END = "-----BEGIN ASSESSOR DEVICE-----", "-----END ASSESSOR DEVICE-----"
_BLOCK = re.compile(rf"{_BEGIN}([A-Za-z0-9+/=\s]*){_END}".encode())
_LINE = 64


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """A device, the public half of its own key (hex), and to whom letters for it are sealed.

    `key` is the SHA-256 (hex) of the key that the certificate is asked for.
    """

    device: str
    public_key: str
    recipient: str
    key: str


def device_block(card: DeviceCard, sign: Sign) -> bytes:
    """The block of a device, signed by its own key."""
    made = signed(
        _DOMAIN,
        {
            "v": FORM,
            "device": card.device,
            "public_key": card.public_key,
            "recipient": card.recipient,
            "key": card.key,
        },
        sign,
    )
    lines = textwrap.wrap(base64.b64encode(made.line).decode(), _LINE)
    return "\n".join((_BEGIN, *lines, _END, "")).encode()


def read_device_block(content: bytes) -> DeviceCard:
    """The one block of a file, whose signature is by the key that it names.

    Raises ValueError where there is none or several, or where it is altered.
    """
    found = _BLOCK.findall(content)
    if len(found) != 1:
        raise ValueError("no block of a device, or several")
    try:
        line, loaded = read_signed(_DOMAIN, base64.b64decode(b"".join(found[0].split())))
        if as_count(loaded["v"]) != FORM:
            raise ValueError("of another form")
        card = DeviceCard(
            as_text(loaded["device"]),
            as_hex32(loaded["public_key"]),
            as_text(loaded["recipient"]),
            as_hex32(loaded["key"]),
        )
    except (KeyError, TypeError, binascii.Error) as error:
        raise ValueError("no block of a device") from error
    if not line.is_by(card.public_key):
        raise ValueError("signed by another key")
    return card
