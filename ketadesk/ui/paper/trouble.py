"""Why there is no sheet to see: what is missing, and the way to where it is set."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.icons import pixmap
from ketadesk.ui.view import ViewId
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.workplace import Workplace

ICON_SIZE = 36
SENTENCE_WIDTH = 400
WIDEST_SENTENCE = 480
_OF_PATIENT = {"patient_name", "patient_called", "escort"}
_OF_SESSION = {"medicine", "medicine_at", "blood_pressure"}
_OF_CLINIC = {
    *("clinic", "address", "entrance", "phone_day", "phone_night"),
    *("emergency_number", "crisis_line"),
}
_IN_SETTINGS = {"accent_unreadable", "zone_unknown", "too_long"}
_IN_CALENDAR = {"times_out_of_order", "sheet_for_cancelled"}


@dataclass(frozen=True)
class Remedy:
    """Where to go to set it right: a view, and what to show there."""

    text: str
    view: ViewId
    target: int | str | None = None


def remedy(error: KnownError, visit: Visit) -> Remedy | None:
    """The way out of a refusal, None when nobody at the desk can mend it."""
    fact = str(error.values.get("fact", "")) if error.code == "fact_missing" else ""
    if error.code in _IN_SETTINGS or fact in _OF_CLINIC:
        return Remedy(tr("Open Settings"), "settings", "clinic")
    if fact == "printed_by":
        return Remedy(tr("Open Settings"), "settings", "staff")
    if error.code == "glyphs_missing" or fact in _OF_PATIENT:
        text = tr("Open {patient}", patient=words.person(visit.patient_name))
        return Remedy(text, "patients", visit.appointment.patient_id)
    if error.code == "blood_pressure_unreadable" or fact in _OF_SESSION:
        return Remedy(tr("Open the session"), "sessions", visit.appointment.id)
    if error.code in _IN_CALENDAR or fact:
        return Remedy(tr("Open the calendar"), "calendar", visit.appointment.id)
    return None


class Trouble(QWidget):
    """Stands where the preview would be."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._remedy: Remedy | None = None
        self._picture = QLabel()
        self.sentence = Label(wrap=True)
        self.sentence.setObjectName("sheet_trouble")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button("", key="O", role="primary")
        self.button.setObjectName("sheet_remedy")
        self.button.clicked.connect(self._go)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(1)
        for widget in (self._picture, self.sentence, self.button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self._redraw()

    def tell(self, error: KnownError, visit: Visit) -> None:
        """Says what is missing, and offers the way there if there is one."""
        self._remedy = remedy(error, visit)
        self.sentence.setText(words.refusal(error))
        self._fit()
        self.button.setVisible(self._remedy is not None)
        if self._remedy is not None:
            self.button.set_text(self._remedy.text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "button"):
            self._redraw()

    def _fit(self) -> None:
        """A wrapped label in the middle of a column does not get its height by itself."""
        width = min(theme.px(SENTENCE_WIDTH), WIDEST_SENTENCE)
        self.sentence.ensurePolished()
        self.sentence.setFixedSize(width, max(self.sentence.heightForWidth(width), 0))

    def _redraw(self) -> None:
        self._fit()
        self._picture.setPixmap(pixmap("triangle-alert", role="amber", size=ICON_SIZE))

    @Slot()
    def _go(self) -> None:
        if self._remedy is not None:
            self._workplace.show(self._remedy.view, self._remedy.target)
