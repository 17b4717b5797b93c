"""What lies beside a document on a stick: the certificates, and the sheet "how to check"."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from assessor_app.domain.visit import Document
from assessor_app.reporting.check_page import CheckPage, Way, plain_text, render_check_page
from assessor_app.reporting.content import Fact
from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.words import Words
from assessor_app.signing.carried import Carried, carried, carried_certificates
from assessor_app.texts import Language, say

_MOST_FINGERPRINTS = 5  # signers; with more, one page takes their names only
_LONGEST_NAME = 40  # characters of a person's name within a file's name


@dataclass(frozen=True, slots=True)
class Beside:
    """A certificate that goes along, and the name of its file."""

    file: str
    certificate: Carried
    is_root: bool


def companions(
    document: Document,
    pdf: bytes,
    workplace: Workplace,
    *,
    roots: Sequence[bytes],
    to: str,
    at: datetime,
    language: Language,
    sample: bool,
) -> Mapping[str, bytes]:
    """The files that go beside a document, by name: certificates, and the sheet in two forms.

    `roots` are the pinned ones; they go along where a signer is to be traced to them. A trial
    identity's own certificate goes along under a name that says what it is. The sheet of a
    `sample` visit says so.
    """
    signers = carried_certificates(pdf)
    certificates = tuple(_beside(signers, roots, language))
    words = Words(language, workplace.profile.zone)
    page = _page(document, signers, certificates, words, to=to, at=at, sample=sample)
    sheet = say(language, "check_sheet.name.sheet")
    return {
        **{one.file: one.certificate.der for one in certificates},
        f"{sheet}.pdf": render_check_page(page),
        f"{sheet}.txt": plain_text(page).encode(),
    }


def _beside(
    signers: Sequence[Carried], roots: Sequence[bytes], language: Language
) -> Iterator[Beside]:
    known: set[str] = set()
    traced = any(not one.is_trial for one in signers)
    found = [(one, False) for one in signers if one.is_trial]
    found += [(carried(root), True) for root in roots if traced]
    for certificate, is_root in found:
        kind = "root" if is_root else "trial"
        named = say(language, f"check_sheet.name.{kind}", who=_in_file_name(certificate))
        if named in known:  # two people of one name
            short = certificate.fingerprint[:8]
            named = f"{named.removesuffix('.cer')}-{short}.cer"
        known.add(named)
        yield Beside(named, certificate, is_root)


def _in_file_name(certificate: Carried) -> str:
    """A name in letters that every file system and every mail can carry."""
    plain = unicodedata.normalize("NFKD", certificate.name).encode("ascii", "ignore").decode()
    joined = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_NAME].strip("-")
    return joined or certificate.fingerprint[:8]


def _page(
    document: Document,
    signers: Sequence[Carried],
    certificates: Sequence[Beside],
    words: Words,
    *,
    to: str,
    at: datetime,
    sample: bool = False,
) -> CheckPage:
    speak = partial(_told, words.language)
    trial = any(one.is_trial for one in signers)
    return CheckPage(
        language=words.language,
        title=speak("title"),
        subject=speak("subject", number=document.number),
        author=", ".join(one.name for one in signers),
        lead=speak("sample" if sample else "lead"),
        facts=(
            Fact(speak("number"), document.number),
            Fact(speak("file_hash"), document.sha256, mono=True),
            *_signers(signers, words.language),
            Fact(speak("handed"), to),
            Fact(speak("when"), words.moment(at)),
        ),
        files_title=speak("files"),
        files=tuple(_files(document, certificates, words.language)),
        ways=_ways(document, certificates, words.language, trial=trial),
        truths_title=speak("truths.title"),
        truths=tuple(
            speak(f"truths.{name}")
            for name in ("uncertified", "trial", "receipt", "print", "revocation", "stick")
            if trial or name != "trial"
        ),
        made_at=at,
    )


def _told(language: Language, name: str, **places: object) -> str:
    return say(language, f"check_sheet.{name}", **places)


def _signers(signers: Sequence[Carried], language: Language) -> Iterator[Fact]:
    """Names and fingerprints; of very many signers the names alone, which fit the page."""
    for count, one in enumerate(signers, start=1):
        yield Fact(_told(language, "signer", count=count), one.name)
        if len(signers) <= _MOST_FINGERPRINTS:
            yield Fact(_told(language, "fingerprint", count=count), one.fingerprint, mono=True)


def _files(
    document: Document, certificates: Sequence[Beside], language: Language
) -> Iterator[Fact]:
    """A line for each file; trial certificates of several signers share one, to fit the page."""
    speak = partial(_told, language)
    yield Fact(document_file(document), speak("file_document"))
    trials = [one.file for one in certificates if not one.is_root]
    if trials:
        all_of_them = speak("name.trial", who="…") if len(trials) > 1 else trials[0]
        yield Fact(all_of_them, speak("file_trial"))
    for one in certificates:
        if one.is_root:
            yield Fact(one.file, speak("file_root", fingerprint=one.certificate.fingerprint))
    sheet = speak("name.sheet")
    yield Fact(f"{sheet}.pdf, {sheet}.txt", speak("file_sheet"))


def document_file(document: Document) -> str:
    """The name that a document's file goes by."""
    return f"{document.number}.pdf"


def _ways(
    document: Document, certificates: Sequence[Beside], language: Language, *, trial: bool
) -> tuple[Way, ...]:
    speak, file = partial(_told, language), document_file(document)
    by_hash = ("windows", "others", "compare", "phone")
    traced = any(one.is_root for one in certificates)
    by_reader = ("open", "root" if traced else "trial" if trial else "unknown", "change")
    option = " --trust-trial" if trial else ""
    by_us = ("window", "command", "answers")
    return (
        Way(speak("hash.title"), tuple(speak(f"hash.{one}", file=file) for one in by_hash)),
        Way(speak("reader.title"), tuple(speak(f"reader.{one}") for one in by_reader)),
        Way(
            speak("ours.title"),
            tuple(speak(f"ours.{one}", file=file, option=option) for one in by_us),
        ),
    )
