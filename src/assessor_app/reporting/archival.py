"""What PDF/A-3a and PDF/UA-1 want of a file beside its structure: metadata, colour, characters."""

import re
import zlib
from collections.abc import Iterable
from functools import cache
from html import escape
from string import Template

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from assessor_app.paths import resources_dir

_PACKET = Template(
    """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
 <dc:format>application/pdf</dc:format>
 <dc:title><rdf:Alt><rdf:li xml:lang="x-default">$title</rdf:li></rdf:Alt></dc:title>
 <dc:creator><rdf:Seq><rdf:li>$author</rdf:li></rdf:Seq></dc:creator>
 <dc:description><rdf:Alt><rdf:li xml:lang="x-default">$subject</rdf:li></rdf:Alt></dc:description>
 <dc:language><rdf:Bag><rdf:li>$language</rdf:li></rdf:Bag></dc:language>
 <pdf:Producer>$producer</pdf:Producer>
 <xmp:CreatorTool>$producer</xmp:CreatorTool>
 <xmp:CreateDate>$made</xmp:CreateDate>
 <xmp:ModifyDate>$made</xmp:ModifyDate>
 <xmp:MetadataDate>$made</xmp:MetadataDate>
 <pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
 <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
)
_SRGB = "sRGB IEC61966-2.1"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAPPED = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")
_BLOCK = 100  # characters in one block of a character map, at most
_NEVER_MAPPED = frozenset({0, 0xFEFF, 0xFFFE})


def storable(words: str) -> str:
    """The words as both the file's properties and its metadata can hold them."""
    return _NOT_XML.sub(" ", words)


def describe(pdf: Pdf, **told: str) -> None:
    """Set the file's metadata: `title`, `author`, `subject`, `language`, `producer`, `made`.

    `made` is an instant with its offset; it must be that of the file's properties.
    """
    packet = _PACKET.substitute({name: escape(words) for name, words in told.items()})
    metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = metadata


def name_colours(pdf: Pdf) -> None:
    """Say what the file's colours mean: they are sRGB."""
    profile = compressed(pdf, _profile(), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_SRGB),
        Info=String(_SRGB),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def name_characters(fonts: Iterable[Object]) -> None:
    """Tell of every font which characters its glyphs are, and of nothing that is no character.

    ReportLab maps codes that are not in use to U+0000, writes characters beyond U+FFFF with five
    digits and puts all into one block: none of it is allowed.
    """
    for font in fonts:
        stream = font.get("/ToUnicode")
        if isinstance(stream, Stream):
            told = _character_map(stream.read_bytes())
            stream.write(zlib.compress(told, 9), filter=Name.FlateDecode)


def compressed(pdf: Pdf, data: bytes, /, **entries: object) -> Stream:
    """A stream that is written as it is made here, whatever wrote the file."""
    stream = pdf.make_stream(b"", **entries)
    stream.write(zlib.compress(data, 9), filter=Name.FlateDecode)
    return stream


def end_streams_well(pdf: Pdf) -> None:
    """Leave uncompressed what would end in a carriage return.

    The line feed that follows in the file would make one line's end of both, and the stream a byte
    shorter than it says. One of 256 compressed streams is such: by its checksum, so that no other
    strength of compression helps.
    """
    for found in pdf.objects:
        if isinstance(found, Stream) and found.read_raw_bytes().endswith(b"\r"):
            found.write(found.read_bytes())


def _character_map(told: bytes) -> bytes:
    """The same character map with only what is in use, in blocks that are not too long."""
    before, _, rest = told.partition(b"endcodespacerange\n")
    after = rest.partition(b"endbfchar\n")[2]
    pairs = [
        b"<%s> <%s>" % (code, chr(int(character, 16)).encode("utf-16-be").hex().upper().encode())
        for code, character in _MAPPED.findall(rest)
        if int(character, 16) not in _NEVER_MAPPED
    ]
    blocks = [
        b"%d beginbfchar\n%s\nendbfchar\n" % (len(block), b"\n".join(block))
        for block in (pairs[at : at + _BLOCK] for at in range(0, len(pairs), _BLOCK))
    ]
    return before + b"endcodespacerange\n" + b"".join(blocks) + after


@cache
def _profile() -> bytes:
    return (resources_dir() / "colour" / "sRGB.icc").read_bytes()
