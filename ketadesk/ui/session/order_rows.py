"""The rows of the order's form: a title, its field, and what is said beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from ketadesk.ui import theme
from ketadesk.ui.widgets.label import Label

FIELD_WIDTH = 104
"""An amount has five figures at most."""


def typed_line(name: str, title: str, placeholder: str) -> QLineEdit:
    """A field in which an amount or a few words are typed."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(120)
    return made


def row_title(text: str) -> Label:
    return Label(text, tone="muted")


def unit(text: str) -> Label:
    return Label(text, size="note", tone="muted")


def rows() -> QFormLayout:
    """Titles to the right, close to their fields."""
    made = QFormLayout()
    made.setHorizontalSpacing(14)
    made.setVerticalSpacing(8)
    made.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def beside(*widgets: QWidget) -> QWidget:
    """Fields in a row; words that wrap take the rest of it."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    for widget in widgets:
        if isinstance(widget, QLineEdit):
            widget.setFixedWidth(theme.px(FIELD_WIDTH))
        wraps = isinstance(widget, Label) and widget.wordWrap()
        row.addWidget(widget, 1 if wraps else 0)
    if not any(isinstance(widget, Label) and widget.wordWrap() for widget in widgets):
        row.addStretch(1)
    return box
