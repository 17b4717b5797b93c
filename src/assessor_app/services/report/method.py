"""How it was scored, or why it was not, and what of the method is unverified."""

from collections.abc import Iterable, Iterator

from assessor_app.domain.fulfilment import Applies
from assessor_app.domain.instrument import Instrument, Source
from assessor_app.domain.outlook import Seen
from assessor_app.domain.scoring import Basis, Score, rule_on
from assessor_app.reporting.content import Fact
from assessor_app.reporting.report_content import Method
from assessor_app.services.report.counting import because
from assessor_app.services.report.summary import band_range, zone_name
from assessor_app.services.report.words import Words


def method(seen: Seen, words: Words) -> Method:
    """The annex on method."""
    instrument = seen.instrument
    told = _scored(seen, words) if seen.outlook.scores else _unscored(seen, words)
    sources = (
        words("method.unverified_source", note=words.note_of(source))
        for source in _unverified(instrument)
    )
    return Method(
        paragraphs=(words("method.sides"), *told, words("method.determined"), *sources),
        facts=tuple(_facts(seen, words)),
    )


def _scored(seen: Seen, words: Words) -> Iterator[str]:
    instrument, compared = seen.instrument, seen.outlook.compared
    rules = {rule_on(one, Basis.OFFICIAL): None for one in instrument.indicators() if one.weight}
    named = ", ".join(words(f"rule.{rule.value}") for rule in rules if rule)
    yield words("method.rule", rules=named)
    yield words("method.sum")
    if seen.snapshot.products:
        yield words("method.products")
    if seen.snapshot.respondents:
        yield words("method.respondents")
    if any(one.applies is not Applies.ASKED and one.indicator.weight for one in compared):
        yield words(f"method.denominator_{instrument.denominator.value}")
    if any(one.unassessed for one in compared):
        yield words(f"method.not_assessable_{instrument.not_assessable.value}")
    yield _zones(instrument, words)


def _unscored(seen: Seen, words: Words) -> Iterator[str]:
    if seen.snapshot.followed:
        yield words("followed.method")
    else:
        yield words("method.unweighted", reason=because(seen.instrument, words))
    if seen.snapshot.respondents:
        yield words("method.respondents")
    if any(one.applies is not Applies.ASKED for one in seen.outlook.compared):
        yield words("method.not_counted")


def _zones(instrument: Instrument, words: Words) -> str:
    if not instrument.bands:
        return words("method.zones_unpublished")
    zones = "; ".join(
        f"{zone_name(band, words)} {band_range(band, words)} ({words.of(band.name)})"
        for band in instrument.bands
    )
    return words("method.zones", zones=zones)


def _facts(seen: Seen, words: Words) -> Iterator[Fact]:
    instrument, official = seen.instrument, seen.outlook.scores.get(Basis.OFFICIAL)
    yield Fact(words("method.instrument"), f"{words.of(instrument.title)} ({instrument.pin})")
    yield Fact(words("method.legal"), instrument.legal_basis)
    if official is not None:
        yield Fact(words("method.verified"), _share(official, words, verified=True))
        yield Fact(words("document_told.unverified"), _unverified_share(official, words))
        yield Fact(words("method.measured"), _share(official, words, verified=False))
    yield Fact(words("method.digest"), instrument.digest, mono=True)


def _unverified(instrument: Instrument) -> Iterable[Source]:
    sources: list[Source | None] = [
        instrument.bands_source,
        *(band.source for band in instrument.bands),
        instrument.between_source if instrument.bands else None,
        instrument.side_rule_source if instrument.weighted else None,
        instrument.denominator_source,
        instrument.not_assessable_source,
        instrument.roles_source,
    ]
    for one in instrument.indicators():
        sources += [one.weight_source, one.text_source, one.legal_source]
    return dict.fromkeys(source for source in sources if source and not source.verified)


def _unverified_share(score: Score, words: Words) -> str:
    part = score.maximum - score.verified
    return words(
        "method.of_points",
        part=words.weight(part),
        whole=words.weight(score.maximum),
        share=words.percent(part, score.maximum),
    )


def _share(score: Score, words: Words, *, verified: bool) -> str:
    part = score.verified if verified else score.measured
    return words(
        "method.of_points",
        part=words.weight(part),
        whole=words.weight(score.maximum),
        share=words.percent(part, score.maximum),
    )
