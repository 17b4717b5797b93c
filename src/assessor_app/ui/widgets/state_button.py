"""A large button that leads to something and says at once how it stands there: a sign and words."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assessor_app.ui.theme import Tokens, dress, icon
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.notice import Tone, look_of

_SIGN_PX = 24
_HIGH = 72


class StateButton(QPushButton):
    """One of a column, of which the page checks one; the words are labels, so that they wrap.

    Not exclusive by Qt's means: the tab key would come to the checked one alone.
    """

    def __init__(self, name: str, tokens: Tokens, *, sign: str, text: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setCheckable(True)
        self.setMinimumHeight(_HIGH)
        dress(self, "tick")
        self._tokens = tokens
        self._title = text
        self._state = quiet("")
        self._mark = QLabel()
        picture = QLabel()
        picture.setPixmap(icon(sign, tokens.ink, size=_SIGN_PX).pixmap(_SIGN_PX, _SIGN_PX))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(strong(text))
        words.addWidget(self._state)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(picture)
        row.addLayout(words, stretch=1)
        row.addWidget(self._mark)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_state(self, text: str, tone: Tone) -> None:
        """Say how it stands; never by the colour alone."""
        name, hue = look_of(self._tokens, tone)
        self._mark.setPixmap(icon(name, hue.ink, size=_SIGN_PX).pixmap(_SIGN_PX, _SIGN_PX))
        self._state.setText(text)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._row.sizeHint().expandedTo(QSize(0, _HIGH))

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize().expandedTo(QSize(0, _HIGH))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(_HIGH, self._row.heightForWidth(width))
