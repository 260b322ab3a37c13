"""How this computer shows KetaDesk, and which clinic file it has open."""

from pathlib import Path

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.settings import SettingsFile
from ketadesk.ui import look, theme
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.widgets.segmented import Segment, Segmented
from ketadesk.ui.workplace import Workplace

SIZES = ("100", "125", "150", "175", "200")


class ComputerPage(QWidget):
    """Another clinic file is asked for as the view "file", which the window answers."""

    def __init__(
        self, workplace: Workplace, settings: SettingsFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._settings = settings
        self.sizes = Segmented([Segment(size, f"{size} %") for size in SIZES])
        self.sizes.setAccessibleName(tr("Text size"))
        self.sizes.chosen.connect(self._set_size)
        self.colours = Segmented([Segment("light", tr("Light")), Segment("dark", tr("Dark"))])
        self.colours.setAccessibleName(tr("Colours"))
        self.colours.chosen.connect(self._set_colours)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._looks())
        column.addWidget(self._file(workplace.desk.clinic_file))
        column.addStretch(1)
        self._follow()

    def _looks(self) -> Card:
        card = Card()
        card.body.setSpacing(8)
        card.body.addWidget(SectionTitle(tr("On this computer")))
        for text, choices in ((tr("Text size"), self.sizes), (tr("Colours"), self.colours)):
            card.body.addWidget(Label(text, size="note", tone="muted"))
            row = QHBoxLayout()
            row.addWidget(choices)
            row.addStretch(1)
            card.body.addLayout(row)
        return card

    def _file(self, clinic_file: Path) -> Card:
        card = Card()
        card.body.setSpacing(10)
        card.body.addWidget(SectionTitle(tr("Clinic file")))
        path = ElidedLabel(str(clinic_file))
        path.setObjectName("clinic_file")
        card.body.addWidget(path)
        note = tr("Everything about the clinic and its patients lies in this one file.")
        card.body.addWidget(Label(note, size="note", tone="muted", wrap=True))
        row = QHBoxLayout()
        self.open_button = Button(tr("Open another file"), icon="folder-open", key="Ctrl+O")
        self.open_button.clicked.connect(self._open)
        self.new_button = Button(tr("Make a new clinic"), icon="plus", key="Ctrl+Shift+N")
        self.new_button.clicked.connect(self._new)
        row.addWidget(self.open_button)
        row.addWidget(self.new_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    @Slot()
    def _open(self) -> None:
        self._workplace.show("file", "open")

    @Slot()
    def _new(self) -> None:
        self._workplace.show("file", "new")

    @Slot(str)
    def _set_size(self, size: str) -> None:
        look.put_on(self._settings, scale=int(size) / 100)

    @Slot(str)
    def _set_colours(self, colours: str) -> None:
        look.put_on(self._settings, dark=colours == "dark")

    def changeEvent(self, event: QEvent) -> None:
        """The choices follow the look, whoever changed it."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "colours"):
            self._follow()

    def _follow(self) -> None:
        self.colours.choose("dark" if theme.current().dark else "light")
        size = str(round(theme.current_scale() * 100))
        if size in SIZES:
            self.sizes.choose(size)
