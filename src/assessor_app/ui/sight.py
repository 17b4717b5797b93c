"""What is worked on stays in sight: the keyboard goes there, and so does what is scrolled."""

from PySide6.QtWidgets import QScrollArea, QWidget


def lead_to(editor: QWidget) -> None:
    """Give an editor the focus, and scroll to it where it is out of sight."""
    editor.setFocus()
    ancestor = editor.parentWidget()
    while ancestor is not None:
        if isinstance(ancestor, QScrollArea):
            ancestor.ensureWidgetVisible(editor)
            return
        ancestor = ancestor.parentWidget()
