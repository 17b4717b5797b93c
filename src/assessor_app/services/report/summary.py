"""The first page in words: the office, the visit, the three scores and what they may be called."""

from collections.abc import Mapping, Sequence

from assessor_app.domain.instrument import Band, Instrument
from assessor_app.domain.scoring import Basis, Score, Standing
from assessor_app.domain.visit import Visit
from assessor_app.reporting import figures
from assessor_app.reporting.content import Cover, Fact
from assessor_app.services.enrolment import Profile
from assessor_app.services.report.words import NONE, Words


def cover(visit: Visit, instrument: Instrument, profile: Profile, words: Words) -> Cover:
    kinds = {kind.code: words.of(kind.name) for kind in instrument.object_types}
    outcome = words(f"outcome.{visit.outcome.value}") if visit.outcome else NONE
    known = frame(visit, words)
    facts = (
        known["visit_kind"],
        Fact(words("fact.object_type"), kinds[visit.object_type]),
        known["address"],
        known["arrival"],
        known["departure"],
        Fact(words("fact.outcome"), outcome),
        known["team"],
        known["assignment"],
        Fact(words("fact.instrument"), words.of(instrument.title)),
        Fact(words("fact.signer"), profile.name),
    )
    return cover_with(visit, profile, words, facts=facts)


def frame(visit: Visit, words: Words) -> dict[str, Fact]:
    """What the frame of a visit says, by the names of `words.fact`."""
    values = {
        "visit_kind": words(f"visit_kind.{visit.kind.value}"),
        "address": visit.address_visited,
        "arrival": words.moment(visit.arrival),
        "departure": words.moment(visit.departure) if visit.departure else None,
        "team": ", ".join(visit.team),
        "assignment": visit.assignment_letter,
    }
    not_given = words("fact.not_given")
    return {name: Fact(words(f"fact.{name}"), told or not_given) for name, told in values.items()}


def cover_with(visit: Visit, profile: Profile, words: Words, *, facts: Sequence[Fact]) -> Cover:
    """The letterhead and the office visited, with these facts."""
    return Cover(
        organisation=words("document.organisation"),
        office=profile.office,
        address=(),
        unit=visit.unit,
        institution=visit.institution,
        facts=tuple(facts),
    )


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
    )


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
