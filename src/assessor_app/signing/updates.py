"""What an update of a signed document may change: a prepared field is signed, a time is proven."""

import re
from collections.abc import Callable, Collection, Iterator
from io import BytesIO

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, Reference
from pyhanko.pdf_utils.metadata.xmp_xml import meta_from_xmp, parse_xmp
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffPolicy,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.commons import compare_dicts
from pyhanko.sign.diff_analysis.rules.form_field_rules import is_field_visible
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm

_FILLED_IN = frozenset({"/V", "/AP", "/Type"})  # what signing writes into a field
_FLAGS = frozenset({"/SigFlags"})
_PROOFS = frozenset({"/DSS", "/Extensions"})
_FIXED_IN_TRAILER = ("/Root", "/Info", "/Encrypt")
_CHANGED_BY_OTHERS = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"})
_OBJECT = re.compile(rb"(?<!\d)\d+\s+\d+\s+obj\b")
_MOST_OBJECTS_TO_SEARCH = 30_000  # the other software's updates: some 20 s of work

# What the software of a seal or of a timestamp may write besides: pyHanko's own policy without its
# rule for form fields that are written into, which no document of ours has.
_BY_OTHERS = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(_CHANGED_BY_OTHERS),  # type: ignore[no-untyped-call]  # pyHanko
        *(
            rule.as_qualified(ModificationLevel.LTA_UPDATES)
            for rule in (
                DocInfoRule(),
                XrefStreamRule(),
                ObjectStreamRule(),
                DSSCompareRule(),
                MetadataUpdateRule(),  # type: ignore[no-untyped-call]  # pyHanko
            )
        ),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldCreationRule(),  # type: ignore[no-untyped-call]  # pyHanko
            SigFieldModificationRule(),
        ]
    ),
)


class OnlySignatures(DiffPolicy):
    """Judges the updates of one file, each once, however many signatures came before it.

    An update as we write it is known by its few objects, in milliseconds. pyHanko's own policy
    reads the whole document, seconds for a long one; it is asked only about an update that fills
    nothing but fields that other software fills (`by_others`), as a provider's seal. Whoever signs
    with the product has no reason to change anything besides, such as the title.
    """

    def __init__(self, *, by_others: Collection[str] = ()) -> None:
        self._by_others = frozenset(by_others)
        self._steps: dict[int, DiffResult | None] = {}

    def review_file(
        self,
        reader: PdfFileReader,
        base_revision: int | HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,  # noqa: ARG002 - a caller compares the level with it
    ) -> DiffResult | SuspiciousModification:
        base = base_revision if isinstance(base_revision, int) else base_revision.revision
        revisions = range(base + 1, reader.xrefs.total_revisions)
        steps = [self._step(reader, revision) for revision in revisions]
        known = [step for step in steps if step is not None]
        if len(known) < len(steps):
            return SuspiciousModification("an update that is neither ours nor a seal's")
        return _together(known, field_mdp_spec)

    def _step(self, reader: PdfFileReader, revision: int) -> DiffResult | None:
        if revision not in self._steps:
            before, after = map(reader.get_historical_resolver, (revision - 1, revision))
            self._steps[revision] = _tried(_judged, before, after)
            if self._steps[revision] is None and self._is_by_others(before, after):
                self._steps[revision] = _tried(_judged_of_others, before, after)
        return self._steps[revision]

    def _is_by_others(self, before: HistoricalResolver, after: HistoricalResolver) -> bool:
        filled = _filled(after) - _filled(before)
        return bool(filled) and filled <= self._by_others


_Judge = Callable[[HistoricalResolver, HistoricalResolver], DiffResult | None]


def _tried(
    judge: _Judge, before: HistoricalResolver, after: HistoricalResolver
) -> DiffResult | None:
    try:
        return judge(before, after)
    except (PdfReadError, SuspiciousModification, KeyError, ValueError):
        return None


def _together(
    steps: list[DiffResult], locks: FieldMDPSpec | None
) -> DiffResult | SuspiciousModification:
    filled = {name for step in steps for name in step.changed_form_fields}
    locked = sorted(name for name in filled if locks is not None and locks.is_locked(name))
    if locked:
        return SuspiciousModification(f"filled though locked: {', '.join(locked)}")
    levels = [step.modification_level for step in steps]
    return DiffResult(max(levels, default=ModificationLevel.NONE), filled)


def _judged(before: HistoricalResolver, after: HistoricalResolver) -> DiffResult | None:
    """What one update did, where every object that it wrote is one that ours write; else None.

    Of what was there, only the catalogue, the list of fields and an empty field are written anew,
    all but the same. What is new is reached from there alone: its numbers are beyond those that
    the document before could name.
    """
    written = set(after.explicit_refs_in_revision())  # type: ignore[no-untyped-call]  # pyHanko
    freed = after.refs_freed_in_revision()  # type: ignore[no-untyped-call]  # pyHanko
    if freed or not _same_trailer(before, after) or _objects_within(after) != len(written):
        return None
    signed = [field for field in _fields(after) if field in written]
    replaced = {after.root_ref, *_same_form(before, after), *signed}
    added = {*_proofs(before, after), *_table(after)}
    for field in signed:
        compare_dicts(before(field), after(field), _FILLED_IN)
        if "/V" in before(field) or "/V" not in after(field):
            return None
        for key in {"/V", "/AP"} & after(field).keys():  # what cannot be seen has no appearance
            value = after(field).raw_get(key)
            added |= after.collect_dependencies(value, since_revision=after.revision)
    if not written <= replaced | added or not all(map(before.is_ref_unassignable, added)):
        return None
    filled = {str(after(one)["/T"]) for one in signed if not _is_hidden_timestamp(after(one))}
    return DiffResult(
        ModificationLevel.FORM_FILLING if filled else ModificationLevel.LTA_UPDATES, filled
    )


def _judged_of_others(before: HistoricalResolver, after: HistoricalResolver) -> DiffResult | None:
    """What another software's update did, where it tells the same of the document; else None."""
    if int(after.reader.trailer["/Size"]) > _MOST_OBJECTS_TO_SEARCH or _told(before) != _told(
        after
    ):
        return None
    return _BY_OTHERS.apply(before, after, doc_mdp=MDPPerm.FILL_FORMS)


def _told(document: HistoricalResolver) -> list[object]:
    """What readers show of the document beside its pages, as above the window; no dates."""
    told: list[object] = []
    if "/Info" in document.trailer_view:
        info = document.trailer_view["/Info"]
        told += [info.get(key) for key in ("/Title", "/Author", "/Subject")]
    if "/Metadata" in document.root:
        packet = document(document.root.get_value_as_reference("/Metadata"))
        about = meta_from_xmp(parse_xmp(BytesIO(packet.read_data(DecodePurpose.XMP_METADATA))))
        told += [about.title, about.author, about.subject]
    return told


def _objects_within(update: HistoricalResolver) -> int:
    """How many objects stand in the update's bytes, those that its table conceals too.

    A reader that mends a table looks for objects by their headings and shows those.
    """
    tables, file = update.reader.xrefs, update.reader.stream
    is_last = update.revision + 1 == tables.total_revisions
    start = tables.get_xref_container_info(update.revision - 1).end_location
    end = tables.get_xref_container_info(update.revision).end_location
    file.seek(start)
    return len(_OBJECT.findall(file.read(-1 if is_last else end - start)))


def _same_trailer(before: HistoricalResolver, after: HistoricalResolver) -> bool:
    old, new = before.trailer_view, after.trailer_view
    return all(
        (key in old) is (key in new) and (key not in old or old.raw_get(key) == new.raw_get(key))
        for key in _FIXED_IN_TRAILER
    )


def _proofs(before: HistoricalResolver, after: HistoricalResolver) -> Iterator[Reference]:
    """The objects of new proofs (/DSS: certificates, lists of revoked ones); no other change."""
    compare_dicts(before.root, after.root, _PROOFS | {"/AcroForm"})
    for update in DSSCompareRule().apply(before, after):
        yield update.updated_ref


def _same_form(before: HistoricalResolver, after: HistoricalResolver) -> Iterator[Reference]:
    """The form, where it is an object of its own; no other change of it than that it is signed."""
    old, new = (document.root.raw_get("/AcroForm") for document in (before, after))
    if isinstance(old, IndirectObject) or isinstance(new, IndirectObject):
        if old != new:
            raise SuspiciousModification("another form")
        yield new.reference
    compare_dicts(old.get_object(), new.get_object(), _FLAGS)


def _table(update: HistoricalResolver) -> Iterator[Reference]:
    """The update's table of objects, where it is an object itself."""
    table = update.reader.xrefs.get_xref_container_info(update.revision).stream_ref
    if table is not None:
        yield table


def _fields(document: HistoricalResolver) -> list[Reference]:
    listed = document.root["/AcroForm"]["/Fields"]
    return [one.reference for one in listed if isinstance(one, IndirectObject)]


def _filled(document: HistoricalResolver) -> set[str]:
    return {str(document(one)["/T"]) for one in _fields(document) if "/V" in document(one)}


def _is_hidden_timestamp(field: DictionaryObject) -> bool:
    is_visible = is_field_visible(field)  # type: ignore[no-untyped-call]  # pyHanko
    return field["/V"].get("/Type") == "/DocTimeStamp" and not is_visible
