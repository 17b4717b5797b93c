"""What others need for the same, measured on this kind of machine for issue 7; in milliseconds.

They are constants because their own set-ups are no part of this product; the issue names how.
"""

FIRST_PAINT_MS = {"empty_pyside6": 231, "kid3": 285, "picard": 629, "vorta": 1075, "anki": 2060}
"""From the start of the process to the first painted window."""

OPEN_MS = {
    1000: {"javarosa_without_window": (700, 1000), "enketo": 3400, "odk_web_forms": 8700},
    5000: {"javarosa_without_window": (4000, 8000), "enketo": 67_000, "odk_web_forms": 40_000},
}
"""A form of that many questions until it can be filled in."""

ANSWER_P95_MS = {
    1000: {"enketo": 31, "odk_web_forms": 73},
    5000: {"enketo": 131, "odk_web_forms": 226},
}
"""From an answer to the painted score, of a form of that many questions."""
