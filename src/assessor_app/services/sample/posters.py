"""Flat sheets with words: posters, tables, flow charts, as they hang on walls and lie on tables."""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from assessor_app.services.sample.canvas import INK, PAPER, TEAL, Colour, font, shade

_SMALLEST = 12  # pixels: smaller letters are no letters any more


def blank(width: int, height: int, colour: Colour = PAPER) -> Image.Image:
    return Image.new("RGB", (width, height), colour)


def poster(
    size: tuple[int, int],
    *,
    title: str,
    lines: Sequence[str],
    colour: Colour = TEAL,
    centred: bool = False,
) -> Image.Image:
    """A titled sheet; its lines are wrapped and made as large as the sheet allows."""
    width, height = size
    sheet = titled(size, title=title, colour=colour)
    pen = ImageDraw.Draw(sheet)
    top = round(height * 0.2)
    letters, wrapped = _fitted(lines, width=width * 0.84, height=height * 0.74)
    y = float(top)
    for paragraph in wrapped:
        for line in paragraph:
            place = (width / 2, y) if centred else (width * 0.08, y)
            anchor = "mt" if centred else "lt"
            pen.text(place, line, font=font(letters), fill=INK, anchor=anchor)
            y += letters * 1.36
        y += letters * 0.5
    return sheet


def titled(size: tuple[int, int], *, title: str, colour: Colour = TEAL) -> Image.Image:
    """An empty sheet under a coloured title."""
    width, height = size
    sheet = blank(width, height)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((0, 0, width, round(height * 0.15)), fill=colour)
    pen.rectangle((0, round(height * 0.15), width, round(height * 0.162)), fill=shade(colour, 0.75))
    letters = round(min(height * 0.075, width * 0.86 / (len(title) * 0.64)))
    place = (width / 2, height * 0.075)
    pen.text(place, title, font=font(letters, bold=True), fill=PAPER, anchor="mm")
    return sheet


def table(
    size: tuple[int, int], *, title: str, rows: Sequence[tuple[str, ...]], colour: Colour = TEAL
) -> Image.Image:
    """A titled table; its first row is the heading, its first column the widest."""
    width, height = size
    sheet = titled(size, title=title, colour=colour)
    pen = ImageDraw.Draw(sheet)
    top, margin = height * 0.2, width * 0.05
    row_height = (height * 0.95 - top) / len(rows)
    letters = round(min(row_height * 0.42, width * 0.035))
    columns = len(rows[0])
    first = (width - 2 * margin) * (0.46 if columns > 1 else 1)
    other = (width - 2 * margin - first) / max(1, columns - 1)
    for number, row in enumerate(rows):
        y = top + number * row_height
        fill = shade(colour, 1.75) if number == 0 else PAPER if number % 2 else (243, 242, 236)
        pen.rectangle((margin, y, width - margin, y + row_height), fill=fill)
        for column, cell in enumerate(row):
            x = margin + letters * 0.5 + (first + (column - 1) * other if column else 0)
            face = font(letters, bold=number == 0)
            pen.text((x, y + row_height / 2), cell, font=face, fill=INK, anchor="lm")
        pen.line((margin, y, width - margin, y), fill=shade(PAPER, 0.8), width=3)
    return sheet


def flow_chart(
    size: tuple[int, int], *, title: str, steps: Sequence[str], colour: Colour = TEAL
) -> Image.Image:
    """Numbered steps from top to bottom, joined by arrows."""
    width, height = size
    sheet = titled(size, title=title, colour=colour)
    pen = ImageDraw.Draw(sheet)
    top, pitch = height * 0.2, height * 0.77 / len(steps)
    tall = min(pitch * 0.66, width * 0.12)
    letters = round(min(tall * 0.42, width * 0.05))
    for number, step in enumerate(steps, start=1):
        y = top + (number - 1) * pitch
        box = (width * 0.2, y, width * 0.93, y + tall)
        pen.rounded_rectangle(box, radius=tall * 0.2, fill=shade(colour, 1.82))
        pen.ellipse((width * 0.07, y, width * 0.07 + tall, y + tall), fill=colour)
        middle = (width * 0.07 + tall / 2, y + tall / 2)
        pen.text(middle, str(number), font=font(letters, bold=True), fill=PAPER, anchor="mm")
        pen.text((width * 0.235, middle[1]), step, font=font(letters), fill=INK, anchor="lm")
        if number < len(steps):
            x, reach = width * 0.565, (pitch - tall) * 0.3
            gap = y + tall + (pitch - tall) / 2
            arrow = [(x - reach, gap - reach), (x + reach, gap - reach), (x, gap + reach)]
            pen.polygon(arrow, fill=colour)
    return sheet


def _fitted(lines: Sequence[str], *, width: float, height: float) -> tuple[int, list[list[str]]]:
    """The largest letters (pixels) at which all lines fit, and the lines as they break then."""
    letters = round(height / 5)
    while True:
        wrapped = [_wrapped(line, letters, width) for line in lines]
        tall = sum(len(paragraph) * 1.36 + 0.5 for paragraph in wrapped) * letters
        if tall <= height or letters < _SMALLEST:
            return letters, wrapped
        letters = int(letters * 0.92)


def _wrapped(text: str, letters: int, width: float) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if font(letters).getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
