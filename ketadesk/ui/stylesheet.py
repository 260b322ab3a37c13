"""The style sheet of the program, written from the tokens; only `theme.apply` uses it.

Widgets say what they are by dynamic properties, set before they are shown (or with `set_look`):
`role` on buttons (plain, primary, danger, quiet, segment, link),
`look` on frames (card, bar, popup, notice, line) and fields (entry, bare), `invalid` on fields,
`tone`, `textSize` and `strong` on labels. Sizes of text are points, everything else pixels.
"""

from string import Template

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ketadesk import resources
from ketadesk.ui.theme import ROLES, TEXT_SIZES, Tokens, points

_POLISHED = Qt.WidgetAttribute.WA_WState_Polished

SHEET = """
QMainWindow, QDialog { background: $bg; color: $ink; }
QToolTip { background: $ink; color: $bg; border: none; padding: 5px 8px; font-size: $note; }

QLabel { color: $ink; background: transparent; }
QLabel[tone="muted"] { color: $muted; }
QLabel:disabled { color: $muted; }
QLabel[textSize="small"] { font-size: $small; }
QLabel[textSize="note"] { font-size: $note; }
QLabel[textSize="title"] { font-size: $title; }
QLabel[textSize="figure"] { font-size: $figure; }
QLabel[textSize="big_figure"] { font-size: $big_figure; }
QLabel[strong="true"] { font-weight: 600; }
QLabel[underlined="true"] { text-decoration: underline; }

QFrame[look="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[look="popup"] { background: $surface; border: 1px solid $edge; border-radius: 8px; }
QFrame[look="bar"] { background: $surface; border: none; }
QFrame[look="line"] { background: $line; border: none; }

QPushButton, QToolButton {
    background: $surface; color: $ink; border: 1px solid $line; border-radius: 6px;
    padding: 5px 12px; font-weight: 600;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:checked, QToolButton:checked {
    background: $accentground; color: $accent; border-color: $accent;
}
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $bg; border-color: $line; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton[role="primary"], QPushButton:default {
    background: $accent; color: $on; border-color: $accent;
}
QPushButton[role="primary"]:hover { background: $accent; border-color: $ink; }
QPushButton[role="primary"]:pressed { background: $ink; }
QPushButton[role="primary"]:focus { border: 2px solid $ink; }
QPushButton[role="primary"]:disabled { background: $bg; color: $muted; border-color: $line; }
QPushButton[role="danger"] { color: $red; }
QPushButton[role="danger"]:hover { background: $redground; border-color: $red; }
QPushButton[role="danger"]:focus { border: 2px solid $red; }
QPushButton[role="danger"]:disabled { color: $muted; }
QPushButton[role="quiet"], QToolButton[role="quiet"] {
    background: transparent; border-color: transparent;
}
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border-color: $accent; }
QPushButton[role="link"] {
    background: transparent; border: 1px solid transparent; color: $accent;
    padding: 1px 4px; font-weight: 400;
}
QPushButton[role="link"]:hover { color: $ink; }
QPushButton[role="link"]:focus { border: 1px solid $accent; }
QPushButton[role="segment"] { border-radius: 0; border-right-width: 0; }
QPushButton[role="segment"][place="first"] {
    border-top-left-radius: 6px; border-bottom-left-radius: 6px;
}
QPushButton[role="segment"][place="last"] {
    border-top-right-radius: 6px; border-bottom-right-radius: 6px; border-right-width: 1px;
}
QPushButton[role="segment"]:checked { border-color: $line; }
QPushButton[role="segment"]:focus { border: 2px solid $accent; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator {
    image: $chevrondown; width: ${arrow}px; height: ${arrow}px;
    subcontrol-position: right center; right: 6px;
}

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: $surface; color: $ink; border: 1px solid $edge; border-radius: 6px;
    padding: 5px 8px; selection-background-color: $accent; selection-color: $on;
}
QLineEdit:hover, QPlainTextEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {
    border-color: $muted;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus,
QComboBox:on {
    border: 2px solid $accent; padding: 4px 7px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
    background: $bg; color: $muted; border-color: $line;
}
QLineEdit:read-only { background: $bg; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QAbstractSpinBox[invalid="true"],
QComboBox[invalid="true"] { border: 2px solid $red; padding: 4px 7px; }
QLineEdit[look="entry"] { font-size: $title; font-weight: 600; padding: 7px 12px; }
QLineEdit[look="entry"]:focus { padding: 6px 11px; }
QLineEdit[look="entry"][invalid="true"] { padding: 6px 11px; }
QLineEdit[look="entry"][attention="true"] { border: 2px solid $amber; padding: 6px 11px; }
QLineEdit[look="bare"], QLineEdit[look="bare"]:focus, QLineEdit[look="bare"]:hover {
    border: none; background: transparent; padding: 0;
}

QComboBox { padding-right: ${drop}px; }
QComboBox::drop-down { border: none; width: ${drop}px; }
QComboBox::down-arrow { image: $chevrondown; width: ${arrow}px; height: ${arrow}px; }
QComboBox { selection-background-color: $accentground; selection-color: $ink; }
QComboBoxPrivateContainer { background: $surface; border: 1px solid $edge; }
QComboBox QAbstractItemView { background: $surface; border: none; outline: none; }
QAbstractSpinBox { padding-right: ${drop}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: ${drop}px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: $chevronup; width: ${arrow}px; height: ${arrow}px; }
QAbstractSpinBox::down-arrow { image: $chevrondown; width: ${arrow}px; height: ${arrow}px; }
QCheckBox, QRadioButton { spacing: 8px; color: $ink; padding: 2px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QCheckBox::indicator, QAbstractItemView::indicator {
    width: ${box}px; height: ${box}px; border: 1px solid $edge; border-radius: 4px;
    background: $surface;
}
QRadioButton::indicator {
    width: ${box}px; height: ${box}px; border: 1px solid $edge; border-radius: ${roundbox}px;
    background: $surface;
}
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: $check;
}
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent; image: $minus; }
QRadioButton::indicator:checked {
    border-color: $accent;
    background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
        stop:0 $accent, stop:0.5 $accent, stop:0.56 $surface, stop:1 $surface);
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QCheckBox:focus, QRadioButton:focus { background: $accentground; border-radius: 4px; }

QAbstractItemView {
    background: $surface; color: $ink; border: 1px solid $line; outline: none;
    selection-background-color: $accentground; selection-color: $ink;
    alternate-background-color: $bg;
}
QListView[look="bare"] { border: none; background: transparent; }
QTableView { gridline-color: $line; border-radius: 8px; }
QTableView[look="bare"] { border: none; border-radius: 0; }
QTableView::item, QListView::item { padding: 4px 8px; border: none; }
QTableView::item { border-bottom: 1px solid $line; }
QTableView::item:selected, QListView::item:selected {
    background: $accentground; color: $ink;
}
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 6px 11px; font-weight: 600; font-size: $note;
}
QTableCornerButton::section { background: $surface; border: none; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::scroller { width: ${scroller}px; }
QTabBar QToolButton { border: none; padding: 0; background: $bg; }
QTabBar QToolButton::left-arrow { image: $chevronleft; }
QTabBar QToolButton::right-arrow { image: $chevronright; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; border-bottom: 3px solid transparent;
    padding: 7px 14px; font-weight: 600;
}
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $accentground; }

QMenu { background: $surface; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $accentground; color: $ink; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }

QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar {
    background: $line; border: none; border-radius: 4px; text-align: center; color: $ink;
    min-height: 8px;
}
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QSplitter::handle { background: $line; }
"""


def set_look(widget: QWidget, **properties: object) -> None:
    """Set style properties of a widget, also when it is already shown."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(_POLISHED):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def stylesheet(tokens: Tokens, scale: float) -> str:
    """The whole style sheet for one palette and one text scale."""
    mode = "dark" if tokens.dark else "light"
    values = {
        "bg": tokens.bg,
        "surface": tokens.surface,
        "ink": tokens.ink,
        "muted": tokens.muted,
        "line": tokens.line,
        "edge": tokens.edge,
        "accent": tokens.accent.foreground,
        "accentground": tokens.accent.background,
        "amber": tokens.amber.foreground,
        "red": tokens.red.foreground,
        "redground": tokens.red.background,
        "on": tokens.bg if tokens.dark else tokens.surface,
        "hover": tokens.slate.background,
        "box": str(round(16 * scale)),
        "roundbox": str(round(16 * scale) // 2 + 1),
        "arrow": str(round(14 * scale)),
        "scroller": str(round(44 * scale)),
        "drop": str(round(26 * scale)),
    }
    for size in TEXT_SIZES:
        values[size] = f"{points(size, scale):.2f}pt"
    for name in (
        "chevron-down",
        "chevron-up",
        "chevron-left",
        "chevron-right",
        "check",
        "minus",
    ):
        file = resources.path("style", f"{name}-{mode}.svg")
        values[name.replace("-", "")] = f'url("{file.as_posix()}")'
    return Template(SHEET).substitute(values) + _roles(tokens)


def _roles(tokens: Tokens) -> str:
    rules: list[str] = []
    for role in ROLES:
        pair = tokens.pair(role)
        rules.append(f'QLabel[tone="{role}"] {{ color: {pair.foreground}; }}')
        rules.append(
            f'QFrame[look="notice"][role="{role}"] {{ background: {pair.background};'
            f" border: 1px solid {pair.foreground}; border-radius: 8px; }}"
        )
    return "\n".join(rules)
