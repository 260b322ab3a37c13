"""Who the clinic is, as printed on sheets and shown to escorts, and in which time zone it lives."""

from dataclasses import replace
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, QTimeZone, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.clinic import Clinic
from ketadesk.domain.errors import KnownError, Refused
from ketadesk.i18n import tr
from ketadesk.services import clinic
from ketadesk.ui import words
from ketadesk.ui.sending import Sending
from ketadesk.ui.settings.colour_field import ColourField
from ketadesk.ui.settings.list_with_form import SaveButton
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.field import Field, TextField
from ketadesk.ui.widgets.field_grid import FieldGrid
from ketadesk.ui.widgets.keys import on_keys
from ketadesk.ui.widgets.notice import Notice, NoticeAction
from ketadesk.ui.workplace import Workplace


class ClinicPage(QWidget):
    """One form; saving writes all of it."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._shown: Clinic | None = None
        self._filled: Clinic | None = None
        self.lines = {
            name: TextField(tr(text), name=f"clinic_{name}", note=tr(note) if note else "")
            for name, (text, note) in _TEXTS.items()
        }
        self.zone = _zone_field()
        self.accent = ColourField()
        form = FieldGrid(columns=2)
        for field in self.lines.values():
            form.add(field)
            on_keys(field.line, {"Enter": self.save})
        form.add(Field(tr("Colour of the sheets"), self.accent, note=tr("Or as #0B6E69.")))
        form.add(Field(tr("Time zone"), self.zone, note=tr("All times are written in it.")))
        self.save_button = SaveButton("clinic_save")
        self.save_button.clicked.connect(self.save)
        self.reset_button = Button(tr("Put back"), icon="undo-2")
        self.reset_button.setObjectName("clinic_reset")
        self.reset_button.clicked.connect(self._put_back)
        self._sending = Sending(
            workplace.desk,
            self,
            buttons=(self.save_button,),
            done=self._saved,
            refused=self._refused,
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.reset_button)
        buttons.addStretch(1)
        card = Card()
        card.body.setSpacing(14)
        card.body.addWidget(form)
        self._notice = Notice(close_name=tr("Close this message"))
        self._notice.setObjectName("clinic_notice")
        self._notice.acted.connect(self._save_surely)
        card.body.addWidget(self._notice)
        card.body.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.setFocusProxy(self.lines["name"])
        workplace.framed.connect(self.reload)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Shows the clinic as its file has it; what is being typed stays."""
        frame = self._workplace.frame
        if frame is not None and (self._shown is None or self._typed() == self._shown):
            self._show(frame.clinic)

    def _show(self, shown: Clinic) -> None:
        self._shown = shown
        for name, line in self.lines.items():
            line.set_text(getattr(shown, name))
        self.accent.show_colour(shown.accent)
        self._notice.hide()
        # A clinic that was never described most likely lies where this computer does.
        self.zone.setCurrentText(shown.zone_name if shown.name else zone_of_this_computer())
        self._filled = self._typed()

    @Slot()
    def _put_back(self) -> None:
        self._show(self._workplace.clinic_frame.clinic)

    @Slot()
    def save(self) -> None:
        """Writes the form, unless someone else changed the clinic's details meanwhile."""
        self._write(sure=False)

    @Slot(str)
    def _save_surely(self, _action: str) -> None:
        self._write(sure=True)

    def _write(self, *, sure: bool) -> None:
        was, typed = self._shown, self._typed()
        self._sending.send(
            (was, typed, sure),
            lambda db, stamp: clinic.describe(db, stamp, typed, was=was, sure_of_phones=sure),
        )

    def _refused(self, error: KnownError) -> None:
        if isinstance(error, Refused) and error.may_override:
            keep = NoticeAction("keep", tr("Keep it so"), key="Alt+K")
            self._notice.tell(words.refusal(error), kind="warning", actions=(keep,))
        else:
            self._workplace.tell_error(error)

    def _saved(self, _changes: Changes) -> None:
        self._notice.hide()
        self._shown = None

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._shown is not None and self._typed() != self._filled

    def _typed(self) -> Clinic:
        texts = {name: line.text().strip() for name, line in self.lines.items()}
        shown = self._shown or self._workplace.clinic_frame.clinic
        zone, accent = self.zone.currentText().strip(), self.accent.colour()
        return replace(shown, **texts, zone_name=zone, accent=accent)


_TEXTS = {
    "name": ("Name", ""),
    "address": ("Address", ""),
    "entrance": ("Entrance for pickups", ""),
    "phone_day": ("Phone by day", ""),
    "phone_night": ("Phone at night", ""),
    "emergency_number": ("Emergency number", ""),
    "crisis_line": ("Crisis line", ""),
    "country": ("Country", "Two letters, such as US: how phone numbers are read."),
}


def zone_of_this_computer() -> str:
    """Its IANA zone; nothing where it names none or only UTC, where no clinic lies."""
    here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    return here if here in available_timezones() and "/" in here and "Etc/" not in here else ""


def _zone_field() -> QComboBox:
    field = QComboBox()
    field.setObjectName("clinic_zone")
    field.addItems(sorted(available_timezones()))
    field.setEditable(True)
    field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    line = field.lineEdit()
    assert line is not None
    line.setPlaceholderText(tr("Type the nearest city, such as Los_Angeles"))
    completer = QCompleter(field.model(), field)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    field.setCompleter(completer)
    return field
