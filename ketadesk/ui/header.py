"""The bar above every view: find field, the clinic's clock, who is working, light or dark."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.ui import lobby, theme
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.find_field import MOST_WIDTH, FindField
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from ketadesk.domain.clinic import Staff

STAFF_KEY = "Alt+W"
LOOK_KEY = "Ctrl+Shift+L"
LOBBY_KEY = "Ctrl+L"
GAP = 10
LEAST_FIND = 190


class Header(QFrame):
    """`staff_chosen(StaffId)`, `look_wanted(dark)` and `lobby_wanted(on)` come only from a person.

    What only an open clinic needs is imported then, so that the window is painted sooner.
    """

    staff_chosen = Signal(int)
    look_wanted = Signal(bool)
    lobby_wanted = Signal(bool)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self.find_field = FindField(placeholder=tr("Find a patient or a command"))
        self.date = Label(tone="muted")
        self.date.setObjectName("clinic_date")
        self.clock = Label(size="title", strong=True)
        self.clock.setObjectName("clinic_clock")
        self.staff = Button(
            tr("Who is working?"), icon="user", key=STAFF_KEY, hint=False, tip=tr("Who is working")
        )
        self.staff.setObjectName("staff_picker")
        self.staff.clicked.connect(self.open_staff)
        self.look = Button(
            icon="moon", key=LOOK_KEY, hint=False, role="quiet", name=tr("Light or dark")
        )
        self.look.setObjectName("look_toggle")
        self.look.clicked.connect(self._toggle_look)
        self.lobby = Button(
            icon="eye",
            key=LOBBY_KEY,
            hint=False,
            role="quiet",
            name=tr("Hide names"),
            tip=tr("Names as initials while strangers can see the screen"),
        )
        self.lobby.setObjectName("lobby_toggle")
        self.lobby.clicked.connect(self._toggle_lobby)
        self.staff_menu = Menu(self.staff, name="staff_menu", kept=True)
        self._lay_out()
        self.show_look(theme.current().dark)
        self.show_lobby()
        self.staff.setVisible(False)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.setSpacing(GAP)
        row.addWidget(self.find_field)
        row.addStretch(1)
        row.addWidget(self.date)
        row.addWidget(self.clock)
        row.addSpacing(4)
        row.addWidget(self.lobby)
        row.addWidget(self.staff)
        row.addWidget(self.look)

    def make_room(self, wanted: int) -> tuple[int, int]:
        """From where to where a message of this width lies beside all that is here, in pixels.

        The date gives way to it, then the find field as far as its hint is short; the clock never.
        """
        start, find = self.find_field.x(), self.find_field.sizeHint().width()
        end = self.clock.geometry().right() + 1 - self.clock.sizeHint().width() - GAP
        date_too = self.date.sizeHint().width() + GAP
        room = end - (start + find + GAP)
        dated = room - date_too >= wanted
        if room < wanted:
            find = max(find - (wanted - room), theme.px(LEAST_FIND))
        self._set_room(find=find, dated=dated)
        return start + find + GAP, end - date_too if dated else end

    def give_room_back(self) -> None:
        """No message is shown any more."""
        self._set_room(find=theme.px(MOST_WIDTH), dated=True)

    def _set_room(self, *, find: int, dated: bool) -> None:
        self.date.setVisible(dated)
        self.find_field.setMaximumWidth(find)
        row = self.layout()
        if row is not None:
            row.activate()

    def show_time(self, moment: datetime) -> None:
        """Shows the clinic's own wall clock."""
        from ketadesk.ui import words

        date_text = words.day(moment.date(), year=True, short=True)
        clock_text = words.clock(moment)
        if self.clock.text() != clock_text or self.date.text() != date_text:
            self.date.setText(date_text)
            self.clock.setText(clock_text)

    def show_staff(self, members: "tuple[Staff, ...]", current: "Staff | None") -> None:
        """Offers these people, with the current one marked."""
        from PySide6.QtGui import QAction, QActionGroup

        from ketadesk.ui import words

        self.staff.setVisible(bool(members))
        self.staff_menu.clear()
        group = QActionGroup(self.staff_menu)
        for number, member in enumerate(members, start=1):
            mnemonic = f"&{number}  " if number < 10 else "    "
            name = f"{member.name} · {words.word(member.role)}".replace("&", "&&")
            action = QAction(mnemonic + name, self.staff_menu)
            action.setData(member.id)
            action.setCheckable(True)
            action.setChecked(current is not None and member.id == current.id)
            action.triggered.connect(self._choose_staff)
            group.addAction(action)
            self.staff_menu.addAction(action)
        if current is None:
            self.staff.set_text(tr("Who is working?"))
            self.staff.set_role("danger")
        else:
            text = f"{current.name} · {words.word(current.role)}"
            self.staff.set_text(text, name=tr("Working: {name}", name=text))
            self.staff.set_role("plain")

    def show_look(self, dark: bool) -> None:
        """The button shows what a press would bring."""
        self.look.set_icon("sun" if dark else "moon")
        self.look.set_text("", name=tr("Light colours") if dark else tr("Dark colours"))

    def show_lobby(self) -> None:
        """Says in words that names are hidden; while they are not, the button keeps quiet."""
        hidden = lobby.is_on()
        self.lobby.set_icon("eye-off" if hidden else "eye")
        self.lobby.set_text(
            tr("Names hidden") if hidden else "",
            name=tr("Show names again") if hidden else tr("Hide names"),
        )
        self.lobby.set_role("danger" if hidden else "quiet")

    def changeEvent(self, event: QEvent) -> None:
        """The button for light and dark follows the look."""
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "staff_menu"):
            self.show_look(theme.current().dark)

    @Slot()
    def open_staff(self) -> None:
        """Opens the list of people under the button."""
        self.staff_menu.popup(self.staff.mapToGlobal(QPoint(0, self.staff.height() + 4)))
        chosen = [action for action in self.staff_menu.actions() if action.isChecked()]
        if chosen:
            self.staff_menu.setActiveAction(chosen[0])

    @Slot()
    def _choose_staff(self) -> None:
        self.staff_chosen.emit(self.sender().data())  # type: ignore[attr-defined]

    @Slot()
    def _toggle_lobby(self) -> None:
        self.lobby_wanted.emit(not lobby.is_on())

    @Slot()
    def _toggle_look(self) -> None:
        self.look_wanted.emit(not theme.current().dark)
