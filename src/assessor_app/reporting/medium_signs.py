"""Signs of recordings, drawn where paper cannot show them: a wave for sound, a frame for video."""

from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting import design
from assessor_app.reporting.content import Medium

_WAVE = (0.28, 0.62, 1.0, 0.46, 0.82, 0.36, 0.6, 0.22)
"""Heights of the bars of a sound wave, as shares of the sign."""
_BAR = 0.5  # of the room of a bar is filled


def draw_medium(canvas: Canvas, medium: Medium, *, x: float, y: float, size: float) -> None:
    """A recording's sign within the square at (x, y); nothing for what paper can show."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(size, size)
    canvas.setFillColor(design.ACCENT)
    if medium is Medium.SOUND:
        _draw_wave(canvas)
    elif medium is Medium.VIDEO:
        _draw_play(canvas)
    canvas.restoreState()


def _draw_wave(canvas: Canvas) -> None:
    room = 1 / len(_WAVE)
    for at, height in enumerate(_WAVE):
        left = (at + (1 - _BAR) / 2) * room
        canvas.roundRect(
            left, (1 - height) / 2, room * _BAR, height, room * _BAR / 2, stroke=0, fill=1
        )


def _draw_play(canvas: Canvas) -> None:
    canvas.circle(0.5, 0.5, 0.5, stroke=0, fill=1)
    canvas.setFillColor(design.WHITE)
    play = canvas.beginPath()
    for point, (across, up) in enumerate(((0.4, 0.28), (0.4, 0.72), (0.76, 0.5))):
        (play.lineTo if point else play.moveTo)(across, up)
    play.close()
    canvas.drawPath(play, stroke=0, fill=1)
