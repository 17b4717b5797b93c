"""Results as rows of final words: institutions in order of rank, red units, own visits."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from assessor_app.domain.institutions import institution_key
from assessor_app.domain.ranking import Rank, Ranked, level_of
from assessor_app.domain.results import InstitutionLevel, Reading
from assessor_app.domain.zone import ZoneColour
from assessor_app.services.method import OwnResult
from assessor_app.services.report.words import NONE
from assessor_app.services.results import SideBySide
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.result_list import Column, ResultRow, RowKind

_MOST_NAMES, _FEWER_NAMES = 8, 4  # in one sentence; the table has them all


def heads(desk: Desk) -> list[str]:
    """The headings of the columns."""
    return [desk.say(f"results.head_{column.name.lower()}") for column in Column]


def result_rows(desk: Desk, found: SideBySide, *, across: bool) -> list[ResultRow]:
    """Each institution, below it its red units where it is green itself, and own visits to it.

    `across` provinces, each row names its own. Own visits to an institution without a published
    result follow, and last the units whose institution has none.
    """
    own: dict[tuple[int, str], list[OwnResult]] = {}
    for one in found.own:
        own.setdefault((one.year, institution_key(one.institution)), []).append(one)
    rows: list[ResultRow] = []
    for ranked in found.ranked:
        result = ranked.reading.result
        rows.append(_published(desk, ranked, across=across))
        if ranked.hides_red:
            rows += [_unit(desk, unit, name=str(unit.result.unit)) for unit in ranked.red_units]
        beside = own.pop((result.year, institution_key(result.institution)), [])
        rows += [own_row(desk, one) for one in beside]
    rows += [own_row(desk, one) for others in own.values() for one in others]
    for unit in found.loose:
        places = {"unit": unit.result.unit, "institution": unit.result.institution}
        rows.append(_unit(desk, unit, name=desk.say("results.unit_of", **places)))
    return rows


def headlines(desk: Desk, found: SideBySide, *, across: bool) -> list[str]:
    """Who is highest in the province, who is green, and which green one hides red units."""
    told = [] if across else [*_highest(desk, found.ranked)]
    green = [one.reading.result.institution for one in found.ranked if one.green]
    if green:
        told.append(desk.say("results.green", count=len(green), names=_names(desk, green)))
    elif found.ranked:
        told.append(desk.say("results.no_green"))
    hiding = [one.reading.result.institution for one in found.ranked if one.hides_red]
    if hiding:
        told.append(desk.say("results.hides_red", names=_names(desk, hiding, most=_FEWER_NAMES)))
    lost = sum(_wants_province(one) for one in found.ranked)
    if lost:
        told.append(desk.say("results.without_province", count=lost))
    return told


def zone_text(desk: Desk, zone: ZoneColour | None, *, computed: bool, odd: bool) -> str:
    """A zone in words: by whom it was said, and whether the score says another."""
    if zone is None:
        return desk.words("zone.published_without")
    word = desk.words(f"zone.{zone.value}")
    if odd:
        return desk.say("results.zone_odd", zone=word)
    return desk.say("results.computed", text=word) if computed else word


def zone_of(desk: Desk, reading: Reading) -> str:
    return zone_text(desk, reading.zone, computed=reading.computed, odd=reading.disagrees)


def opinion_of(desk: Desk, reading: Reading) -> str:
    """Category and opinion; that there was no maladministration, where it was printed."""
    opinion = desk.words.of(reading.opinion) if reading.opinion else ""
    if reading.result.without_maladministration:
        opinion = desk.say("results.without_maladministration", opinion=opinion).strip()
    if reading.category is None:
        return opinion or NONE
    name = "results.category_opinion" if opinion else "results.category"
    told = desk.say(name, category=reading.category, opinion=opinion)
    return desk.say("results.computed", text=told) if reading.category_computed else told


def score_text(desk: Desk, reading: Reading) -> str:
    score = reading.result.score
    return NONE if score is None else desk.words.points(score)


def reading_notes(desk: Desk, reading: Reading) -> list[str]:
    """What stands beside the figures: award, remarks of the source, what does not fit."""
    result, told = reading.result, []
    if result.award_eligible is not None:
        told.append(desk.say(f"results.award_{'yes' if result.award_eligible else 'no'}_told"))
    told += [desk.words.of(note) for note in (result.award_note, result.note) if note]
    if reading.disagrees:
        told.append(desk.say("results.disagrees"))
    return told


def own_texts(desk: Desk, own: OwnResult) -> tuple[str, str]:
    """What own visits rest on, and what their number may be called; no number, and why."""
    if own.score is None:
        reason = desk.told(own.refused) if own.refused else ""
        return desk.say("results.own_refused", units=own.units, reason=reason), NONE
    measured = desk.words.percent(own.score.measured, Decimal(1))
    standing = desk.words(f"standing.{own.score.standing.value}")
    return desk.say("results.own", units=own.units, measured=measured), standing


def own_row(desk: Desk, own: OwnResult) -> ResultRow:
    """What own visits made: marked as provisional, and as a sample where it is one."""
    made, words = own.score, desk.words
    zone = made.band.zone if made and made.band else None
    below, standing = own_texts(desk, own)
    sample = desk.say("results.own_sample", sample=words("sample_mark"))
    return ResultRow(
        kind=RowKind.OWN,
        target=own.institution,
        name=own.institution,
        below=below,
        overall=NONE,
        rank=NONE,
        score=words.points(made.aggregate.score) if made else NONE,
        zone=zone,
        zone_text=words(f"zone.{zone.value}" if zone else "zone.none"),
        opinion=standing,
        award=NONE,
        badge=sample if own.sample else desk.say("results.own_badge"),
    )


def _published(desk: Desk, ranked: Ranked, *, across: bool) -> ResultRow:
    reading = ranked.reading
    result = reading.result
    award = {None: NONE, True: desk.say("results.award_yes"), False: desk.say("results.award_no")}
    return ResultRow(
        kind=RowKind.PUBLISHED,
        target=result.institution,
        name=result.institution,
        below=_below(desk, reading, across=across),
        overall=_rank(desk, ranked.overall),
        rank=_rank(desk, ranked.rank),
        score=score_text(desk, reading),
        zone=reading.zone,
        zone_text=zone_of(desk, reading),
        opinion=opinion_of(desk, reading),
        award=award[result.award_eligible],
        remarks=tuple(reading_notes(desk, reading)),
    )


def _unit(desk: Desk, reading: Reading, *, name: str) -> ResultRow:
    return ResultRow(
        kind=RowKind.UNIT,
        target=reading.result.institution,
        name=name,
        below=reading.result.source,
        score=score_text(desk, reading),
        zone=reading.zone,
        zone_text=zone_of(desk, reading),
        opinion=opinion_of(desk, reading),
    )


def _below(desk: Desk, reading: Reading, *, across: bool) -> str:
    """Level, province where several are shown, and the source."""
    result, level = reading.result, level_of(reading.result)
    told = desk.words(f"institution_level.{level.value}") if level else ""
    places = {"level": told, "province": result.province or "", "source": result.source}
    parts = [name for name in ("level", "province") if places[name]]
    if not across and "province" in parts:
        parts.remove("province")
    return desk.say(f"results.below.{'_'.join(parts) or 'plain'}", **places)


def _rank(desk: Desk, rank: Rank | None) -> str:
    if rank is None:
        return NONE
    name = "results.rank_tied" if rank.tied else "results.rank"
    return desk.say(name, place=rank.place, among=rank.among)


def _highest(desk: Desk, ranked: Iterable[Ranked]) -> Iterator[str]:
    """The highest government of the province that is shown; several where they are level."""
    first = {
        one.reading.result.institution: one.overall.among
        for one in ranked
        if one.overall and one.overall.place == 1 and one.overall.among > 1
    }
    if first:
        among = max(first.values())
        yield desk.say("results.highest", names=_names(desk, list(first)), among=among)


def _wants_province(ranked: Ranked) -> bool:
    """Whether a score has no rank for want of a province; ministries have none."""
    result = ranked.reading.result
    central = ranked.level in (InstitutionLevel.MINISTRY, InstitutionLevel.AGENCY)
    return result.province is None and result.score is not None and not central


def _names(desk: Desk, names: list[str], *, most: int = _MOST_NAMES) -> str:
    listed = "; ".join(names[:most])
    more = len(names) - most
    return desk.say("results.names_more", names=listed, more=more) if more > 0 else listed
