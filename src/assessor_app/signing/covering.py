"""Which bytes of a file a signature covers, and that nothing hides in those that it leaves out."""

from asn1crypto import cms
from pyhanko.sign.validation import EmbeddedPdfSignature

_VERSION_1, _VERSION_3 = b"\x02\x01\x01", b"\x02\x01\x03"  # DER of the integers
_NULL = b"\x05\x00"  # DER


def end(signature: EmbeddedPdfSignature) -> int:
    """The offset in the file up to which the signature covers it."""
    _, _, after_gap, rest = (int(number) for number in signature.byte_range)
    return after_gap + rest


def leaves_nothing_out(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether every byte up to its end is signed, or is the signature's own and cannot differ."""
    return _fills_its_gap(signature, pdf) and _is_plain(signature)


def _fills_its_gap(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether the only bytes left out of the signed range are the signature's own.

    pyHanko adds up lengths; here the gap is compared byte for byte: the message, then zeros.
    """
    start, gap_at, after_gap, _ = (int(number) for number in signature.byte_range)
    content = signature.pkcs7_content
    message = cms.ContentInfo({"content_type": "signed_data", "content": signature.signed_data})
    written = content.hex()
    return (
        start == 0
        and content == message.dump().ljust(len(content), b"\0")
        and pdf[gap_at:after_gap] in (f"<{written}>".encode(), f"<{written.upper()}>".encode())
    )


def _is_plain(signature: EmbeddedPdfSignature) -> bool:
    """Whether the parts of the message that no signature covers have their one right value.

    They repeat what signed parts say (RFC 5652, section 5) and readers are lax with them; held to
    their value, no byte of the file can change unnoticed. A timestamp's message is of version 3.
    """
    message, signer = signature.signed_data, signature.signer_info
    digest, certificate = signer["digest_algorithm"], signature.signer_cert
    named = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    carries_data = message["encap_content_info"]["content_type"].native == "data"
    return (
        message["version"].dump() == (_VERSION_1 if carries_data else _VERSION_3)
        and message["digest_algorithms"].dump() == cms.DigestAlgorithms([digest]).dump()
        and signer["version"].dump() == _VERSION_1
        and signer["sid"].chosen.dump() == cms.IssuerAndSerialNumber(named).dump()
        and digest["parameters"].dump() in (b"", _NULL)
    )
