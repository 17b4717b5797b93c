"""What is said of a way to a better zone, in the words of the window."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from assessor_app.domain.improvement import Aim, Reach, Repair, UnitEffect
from assessor_app.domain.instrument import Band, Instrument
from assessor_app.services.improving import Way
from assessor_app.services.method import InstitutionScore
from assessor_app.services.report.summary import zone_name
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.improve.repairs import RepairText
from assessor_app.ui.pages.improve.unit_repairs import UnitText
from assessor_app.ui.widgets.band_bar import BandBarValue
from assessor_app.ui.widgets.gauge import GaugeBand

_OUTCOMES = {
    Reach.ALREADY: "already",
    Reach.REACHABLE: "reachable",
    Reach.OUT_OF_REACH: "unreachable",
}


def aim_rows(desk: Desk, aims: Sequence[Aim]) -> list[tuple[str, str]]:
    """The aims to choose among: by what each is asked for, and what it is called."""
    return [(aim.name, _aim(desk, aim)) for aim in aims]


def outcome(desk: Desk, way: Way) -> str:
    """Where the repairs lead, in one sentence."""
    words, plan = desk.words, way.plan
    whose = "institution" if way.unit is None else "unit"
    return desk.say(
        f"improve.{whose}_{_OUTCOMES[plan.reach]}",
        count=len(plan.repairs),
        effort=words.weight(plan.effort),
        now=words.points(plan.now),
        after=words.points(plan.after),
        aim=_aim(desk, plan.aim),
        missing=words.points(plan.missing),
    )


def cautions(desk: Desk, way: Way) -> list[str]:
    """What the figures rest on, and what the repairs may bring with them."""
    words = desk.words
    found = [words(f"standing.{way.standing.value}")]
    if way.unmeasured:
        unmeasured, maximum = words.weight(way.unmeasured), words.weight(way.maximum)
        found.append(desk.say("improve.unmeasured", unmeasured=unmeasured, maximum=maximum))
    if way.opens:
        found.append(desk.say("improve.opens", codes=", ".join(way.opens)))
    return found


def repair_texts(desk: Desk, way: Way) -> list[RepairText]:
    """All repairs that are known in a unit, heaviest first."""
    return [_repair(desk, way.instrument, one) for one in _heaviest(way.possible)]


def unit_texts(desk: Desk, way: Way) -> list[UnitText]:
    """The units of an institution, first those whose repairs add most to its score."""
    ordered = sorted(way.plan.units, key=lambda one: (-one.effect, one.unit))
    return [_unit(desk, way, one) for one in ordered]


def counted(desk: Desk, whole: InstitutionScore) -> str:
    """What the whole institution is, in one line."""
    return desk.say(
        "improve.scope_open",
        institution=whole.institution,
        year=whole.year,
        count=len(whole.aggregate.members),
    )


def basis(desk: Desk, whole: InstitutionScore) -> list[str]:
    """What an institution's score is made of, and what is left out of it."""
    words = desk.words
    rule = words(f"aggregation.{whole.aggregate.rule.value}")
    found = [desk.say("improve.basis_rule", rule=rule), desk.say("improve.basis_latest")]
    if whole.aggregate.left_out:
        units = "; ".join(one.unit.name for one in whole.aggregate.left_out)
        found.append(desk.say("improve.basis_left_out", units=units))
    if whole.sample:
        found.append(desk.say("improve.basis_sample", mark=words("sample_mark")))
    return found


def bar_bands(instrument: Instrument) -> list[GaugeBand]:
    """The zones of the scale from below; categories of one zone are one stretch."""
    found: list[GaugeBand] = []
    for band in sorted(instrument.bands, key=lambda band: band.lower):
        if found and found[-1].zone is band.zone:
            found.pop()
        found.append(GaugeBand(band.upper, band.zone))
    return found


def simulated(desk: Desk, way: Way, ticked: Collection[str]) -> str:
    """Where the ticked repairs lead; what a tick does, before there is any."""
    if not ticked:
        return desk.say("coaching.none_ticked")
    words, score = desk.words, way.simulated(ticked)
    effort = sum((one.effort for one in way.possible if one.indicator in ticked), start=Decimal(0))
    return desk.say(
        "coaching.simulated",
        count=len(ticked),
        effort=words.weight(effort),
        score=words.points(score),
        zone=zone_name(_band(way, score), words),
    )


def bar_value(desk: Desk, way: Way, *, ticked: Collection[str] = ()) -> BandBarValue:
    """From now to where the advised repairs lead, or those that are ticked."""
    plan, words = way.plan, desk.words
    reached = way.simulated(ticked) if ticked else plan.after
    now = desk.say("improve.now", points=words.points(plan.now))
    after = desk.say("improve.after", points=words.points(reached))
    moved = reached != plan.now
    names = {
        "now_zone": zone_name(_band(way, plan.now), words),
        "after_zone": zone_name(_band(way, reached), words),
    }
    return BandBarValue(
        now=plan.now,
        now_text=now,
        after=reached if moved else None,
        after_text=after if moved else "",
        spoken=desk.say("improve.spoken", now=now, after=after, **names),
    )


def _aim(desk: Desk, aim: Aim) -> str:
    words = desk.words
    places = {"zone": words(f"zone.{aim.zone.value}"), "lower": words.weight(aim.lower)}
    if aim.category is None:
        return desk.say("improve.aim", **places)
    return desk.say("improve.aim_category", **places, category=aim.category)


def _band(way: Way, score: Decimal) -> Band | None:
    return way.instrument.band(score)


def _heaviest(repairs: Iterable[Repair]) -> list[Repair]:
    return sorted(repairs, key=lambda one: (-one.gain, one.indicator))


def _repair(desk: Desk, instrument: Instrument, one: Repair) -> RepairText:
    words = desk.words
    indicator = instrument.indicator(one.indicator)
    text = words.of(indicator.text)
    return RepairText(
        code=one.indicator,
        text=text,
        gain=desk.say("improve.gain", points=words.points(one.gain)),
        advice=words.of(indicator.advice) if indicator.advice else "",
        spoken=desk.say("improve.effort_of", indicator=one.indicator, text=text),
    )


def _unit(desk: Desk, way: Way, effect: UnitEffect) -> UnitText:
    name = effect.unit
    advised = way.plan.repairs if way.plan.reach is Reach.REACHABLE else ()
    possible = _heaviest(one for one in way.possible if one.unit == name)
    return UnitText(
        name=name,
        change=_change(desk, way.plan.reach, effect),
        repairs=tuple(_repair_in_unit(desk, way.instrument, one) for one in possible),
        advised=frozenset(one.indicator for one in advised if one.unit == name),
        others=desk.say("improve.others"),
        others_spoken=desk.say("improve.others_of", unit=name),
    )


def _repair_in_unit(desk: Desk, instrument: Instrument, one: Repair) -> RepairText:
    """As in a unit's own way, with the unit named where it is not seen."""
    plain = _repair(desk, instrument, one)
    places = {"indicator": one.indicator, "unit": one.unit, "text": plain.text}
    return replace(
        plain,
        gain=desk.say("improve.gain_in_unit", points=desk.words.points(one.gain)),
        spoken=desk.say("improve.effort_in_unit", **places),
    )


def _change(desk: Desk, reach: Reach, effect: UnitEffect) -> str:
    """What the repairs of a unit do to its own score, and to the institution's."""
    points = desk.words.points
    if effect.after == effect.before:
        return desk.say("improve.unit_stays", before=points(effect.before))
    name = "unit_at_best" if reach is Reach.OUT_OF_REACH else "unit_rises"
    return desk.say(
        f"improve.{name}",
        before=points(effect.before),
        after=points(effect.after),
        effect=points(effect.effect),
    )
