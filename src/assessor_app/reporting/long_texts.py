"""Texts of any length over the whole width, paragraph by paragraph."""

from collections.abc import Iterator

from assessor_app.reporting import design
from assessor_app.reporting.flowables import Story, space, text

_LONGEST = 1200  # characters set as one paragraph: longer ones are slow to break over pages
_SENTENCE_END, _WORD_END = ". ", " "


def long_text(words: str, kind: design.Type) -> Story:
    """The whole of a text, with less white between its paragraphs than an empty line takes."""
    story: Story = []
    for part in pieces(words):
        story += [text(part, kind, width=design.WIDTH), space(0.5)]
    return story


def pieces(words: str) -> Iterator[str]:
    """The text's own paragraphs; one that is too long is cut after a sentence, or a word."""
    for paragraph in words.split("\n"):
        rest = paragraph.strip()
        while len(rest) > _LONGEST:
            cut = _cut(rest)
            yield rest[:cut].rstrip()
            rest = rest[cut:].lstrip()
        if rest:
            yield rest


def _cut(words: str) -> int:
    """Where a too long text is cut: after the last sentence of its first half and more, if any."""
    for end in (_SENTENCE_END, _WORD_END):
        at = words.rfind(end, 0, _LONGEST) + len(end)
        if at > _LONGEST // 2:
            return at
    return _LONGEST
