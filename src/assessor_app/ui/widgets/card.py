"""A card: a white ground with a thin edge that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import dress
from assessor_app.ui.widgets.labels import heading as heading_label


class Card(QFrame):
    """Fill it through `body`; the heading stands above it where one is given."""

    def __init__(self, heading: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spoken_as(self, Role.Grouping)
        dress(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 20)
        self.body.setSpacing(12)
        if heading:
            self.body.addWidget(heading_label(heading))
