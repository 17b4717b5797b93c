"""The first page in words: the office, the visit, the three scores, the matrix."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assessor_app.domain.findings import FindingKind
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Band, Instrument
from assessor_app.domain.scoring import Basis, Score, Standing
from assessor_app.domain.visit import Visit
from assessor_app.reporting import content
from assessor_app.reporting.content import Fact
from assessor_app.services.enrolment import Profile
from assessor_app.services.report.words import NONE, Words

_AHEAD = (FindingKind.PAPER_ONLY.value, FindingKind.PAPER_AHEAD.value)


def cover(visit: Visit, instrument: Instrument, profile: Profile, words: Words) -> content.Cover:
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


def cover_with(
    visit: Visit, profile: Profile, words: Words, *, facts: Sequence[Fact]
) -> content.Cover:
    """The letterhead and the office visited, with these facts."""
    return content.Cover(
        organisation=words("document.organisation"),
        office=profile.office,
        address=(),
        unit=visit.unit,
        institution=visit.institution,
        facts=tuple(facts),
    )


def scores(found: Mapping[Basis, Score], instrument: Instrument, words: Words) -> content.Scores:
    official = found[Basis.OFFICIAL]
    return content.Scores(
        official=_score(official, words),
        paper=_score(found[Basis.ON_PAPER], words),
        practice=_score(found[Basis.IN_PRACTICE], words),
        maximum=instrument.maximum,
        maximum_text=words.weight(instrument.maximum),
        bands=tuple(
            content.Band(
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


def matrix(compared: Sequence[Compared], instrument: Instrument, words: Words) -> content.Matrix:
    """Counts of indicators by their pair of answers, from full to none."""
    partial = any(
        level.fulfilment not in (0, 1) for one in instrument.indicators() for level in one.levels
    )
    both = [one for one in compared if one.gap is not None]
    ahead = [one for one in both if one.gap and one.gap.kind.value in _AHEAD]
    steps = (1, 0) if not partial else (2, 1, 0)
    left_out = len(compared) - len(both)
    return content.Matrix(
        labels=_matrix_labels(instrument, words, partial=partial),
        cells=tuple(
            tuple(_cell(both, paper, practice, partial=partial, words=words) for practice in steps)
            for paper in steps
        ),
        summary=words(
            "matrix.summary",
            paper_only=len(ahead),
            points=words.weight(sum((one.indicator.weight for one in ahead), Decimal(0))),
        )
        if ahead
        else words("matrix.summary_none"),
        note=words("matrix.note", count=left_out) if left_out else "",
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


def band_range(band: Band, words: Words) -> str:
    return words("cover.to_points", lower=words.weight(band.lower), upper=words.weight(band.upper))


def _score(score: Score, words: Words) -> content.Score:
    named = score.basis is Basis.OFFICIAL
    return content.Score(
        name=words(f"basis.{score.basis.value}"),
        value=score.points if score.measured else None,
        text=words.points(score.points) if score.measured else NONE,
        zone=score.band.zone if score.band else None,
        zone_name=zone_name(score.band, words) if named else "",
    )


def _step(fulfilment: Decimal | None, *, partial: bool) -> int:
    if fulfilment == 0:
        return 0
    if not partial:
        return 1
    return 2 if fulfilment == 1 else 1


def _cell(
    both: Sequence[Compared], paper: int, practice: int, *, partial: bool, words: Words
) -> content.MatrixCell:
    found = [
        one
        for one in both
        if (_step(one.paper, partial=partial), _step(one.practice, partial=partial))
        == (paper, practice)
    ]
    weight = sum((one.indicator.weight for one in found), Decimal(0))
    return content.MatrixCell(len(found), words.weight(weight))


def _matrix_labels(instrument: Instrument, words: Words, *, partial: bool) -> tuple[str, ...]:
    wanted = ("present", "partial", "absent") if partial else ("present", "absent")
    known = {
        level.value: words.of(level.rubric)
        for one in instrument.indicators()
        for level in one.levels
    }
    return tuple(known.get(value) or words(f"matrix.{value}") for value in wanted)
