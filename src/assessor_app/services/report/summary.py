"""The first page in words: the office, the visit, the three scores and what they may be called."""

from collections.abc import Iterator, Mapping, Sequence

from assessor_app.domain.instrument import Band, Instrument
from assessor_app.domain.scoring import Basis, Score, Standing
from assessor_app.domain.visit import Declaration, Snapshot, Visit, VisitKind
from assessor_app.reporting import figures
from assessor_app.reporting.content import Cover, Fact
from assessor_app.services.letterhead import Letterhead
from assessor_app.services.report.parties import Parties, Role
from assessor_app.services.report.words import NONE, Words

_NAMED = 3  # names told on the first page; of more, the first ones


def cover(snapshot: Snapshot, parties: Parties, paper: Letterhead, words: Words) -> Cover:
    """The first page: what was visited, when, by whom, and who signed; the letter stands later."""
    visit = snapshot.visit
    known = frame(visit, words)
    signers = [one.profile.name for one in parties.signers if one.role is not Role.RECEIVER]
    facts = (
        Fact(words("document_told.when"), _when(visit, words)),
        known["visit_kind"],
        Fact(words("fact.team"), _short_team(visit, words)),
        known["address"],
        Fact(words("fact.signer"), _several(signers or [parties.lead.name], words)),
        Fact(words("fact.receiver"), _received_by(snapshot, words)),
    )
    return cover_with(visit, paper, facts=facts)


def visit_facts(visit: Visit, instrument: Instrument, words: Words) -> Iterator[Fact]:
    """All that the frame of a visit says, but for the team."""
    kinds = {kind.code: words.of(kind.name) for kind in instrument.object_types}
    known = frame(visit, words)
    yield known["visit_kind"]
    yield Fact(words("fact.object_type"), kinds[visit.object_type])
    yield known["assignment"]
    yield known["arrival"]
    yield known["departure"]
    yield Fact(
        words("fact.outcome"), words(f"outcome.{visit.outcome.value}") if visit.outcome else NONE
    )
    yield known["address"]
    yield Fact(words("document_told.institution"), f"{visit.unit}, {visit.institution}")
    yield Fact(words("fact.instrument"), words.of(instrument.title))


def frame(visit: Visit, words: Words) -> dict[str, Fact]:
    """What the frame of a visit says, by the names of `words.fact`."""
    values = {
        "visit_kind": words(f"visit_kind.{visit.kind.value}"),
        "address": visit.address_visited,
        "arrival": words.moment(visit.arrival),
        "departure": words.moment(visit.departure) if visit.departure else None,
        "team": "; ".join(visit.team),
        "assignment": visit.assignment_letter,
    }
    not_given = words("fact.not_given")
    return {name: Fact(words(f"fact.{name}"), told or not_given) for name, told in values.items()}


def cover_with(visit: Visit, paper: Letterhead, *, facts: Sequence[Fact]) -> Cover:
    """The letterhead and the office visited, with these facts."""
    return Cover(
        organisation=paper.organisation,
        office=paper.office,
        address=paper.address,
        unit=visit.unit,
        institution=visit.institution,
        facts=tuple(facts),
        logo=paper.logo or b"",
    )


def _when(visit: Visit, words: Words) -> str:
    """From arrival to departure; the day once where it is the same."""
    began = words.moment(visit.arrival)
    if visit.departure is None:
        return began
    days = [one.astimezone(words.zone).date() for one in (visit.arrival, visit.departure)]
    if days[0] != days[1]:
        return words("document_told.from_to", began=began, ended=words.moment(visit.departure))
    day, ended = words.day(days[0]), words.time(visit.departure)
    return words("document_told.on_day", day=day, began=words.hour(visit.arrival), ended=ended)


def _received_by(snapshot: Snapshot, words: Words) -> str:
    """Who received the document and how they signed, who refused, or that there was nobody."""
    known = snapshot.receiver
    if known is None:
        in_secret = snapshot.visit.kind is VisitKind.MYSTERY
        return _begun(words(f"received_by.{'mystery' if in_secret else 'not_recorded'}"))
    way = known.declared.value
    if known.declared is Declaration.RECEIVED:
        way = known.signs.value if known.signs else "unstated"
    told = words(f"received_by.{way}")
    if known.name:
        return words("received_by.named", name=known.name, way=told)
    return _begun(told)


def _begun(told: str) -> str:
    return told[:1].upper() + told[1:]


def _short_team(visit: Visit, words: Words) -> str:
    """A small team by name, a large one by its first names and how many more."""
    if not visit.team:
        return words("fact.not_given")
    return _several(visit.team, words)


def _several(names: Sequence[str], words: Words) -> str:
    if len(names) <= _NAMED:
        return "; ".join(names)
    named, more = "; ".join(names[: _NAMED - 1]), len(names) - _NAMED + 1
    return words("document_told.and_more", named=named, count=more)


def scores(found: Mapping[Basis, Score], instrument: Instrument, words: Words) -> figures.Scores:
    official = found[Basis.OFFICIAL]
    return figures.Scores(
        official=_score(official, instrument, words),
        paper=_score(found[Basis.ON_PAPER], instrument, words),
        practice=_score(found[Basis.IN_PRACTICE], instrument, words),
        maximum=instrument.maximum,
        maximum_text=words.weight(instrument.maximum),
        bands=tuple(
            figures.Band(
                lower=band.lower,
                upper=band.upper,
                zone=band.zone,
                name=zone_name(band, words),
                range=band_range(band, words),
            )
            for band in instrument.bands
        ),
        statement=words(f"standing.{official.standing.value}"),
        reason=standing_reason(official, words),
        tag=words(f"document_told.{official.standing.value}"),
        simulation=official.standing is Standing.SIMULATION,
        gap_text=_gap(found, words),
    )


def _gap(found: Mapping[Basis, Score], words: Words) -> str:
    """By how many points paper and practice differ; empty where they do not, or one is unknown."""
    paper, practice = found[Basis.ON_PAPER], found[Basis.IN_PRACTICE]
    apart = abs(paper.points - practice.points)
    if not (apart and paper.measured and practice.measured):
        return ""
    return words("document_told.apart", points=words.points(apart))


def standing_reason(score: Score, words: Words) -> str:
    """Why the number may not be called more than it is."""
    measured, verified = (part < score.maximum for part in (score.measured, score.verified))
    if score.standing is Standing.PROVISIONAL:
        return words("standing_reason.provisional")
    maximum = words.weight(score.maximum)
    if measured and verified:
        return words(
            "standing_reason.both",
            measured=words.weight(score.measured),
            verified=words.weight(score.verified),
            maximum=maximum,
            measured_share=words.percent(score.measured, score.maximum),
            verified_share=words.percent(score.verified, score.maximum),
        )
    part = score.measured if measured else score.verified
    return words(
        "standing_reason.unmeasured" if measured else "standing_reason.unverified",
        **{"measured" if measured else "verified": words.weight(part)},
        maximum=maximum,
        share=words.percent(part, score.maximum),
    )


def zone_name(band: Band | None, words: Words) -> str:
    if band is None:
        return words("zone.none")
    zone = words(f"zone.{band.zone.value}")
    return f"{zone} ({band.category})" if band.category else zone


def zone_of(score: Score, instrument: Instrument, words: Words) -> str:
    """The zone of a score, or why none can be named: still open, or bounds never published."""
    return zone_name(score.band, words) if instrument.bands else words("zone.unpublished")


def band_range(band: Band, words: Words) -> str:
    return words("cover.to_points", lower=words.weight(band.lower), upper=words.weight(band.upper))


def _score(score: Score, instrument: Instrument, words: Words) -> figures.Score:
    named = score.basis is Basis.OFFICIAL
    return figures.Score(
        name=words(f"basis.{score.basis.value}"),
        value=score.points if score.measured else None,
        text=words.points(score.points) if score.measured else NONE,
        zone=score.band.zone if score.band else None,
        zone_name=zone_of(score, instrument, words) if named else "",
    )
