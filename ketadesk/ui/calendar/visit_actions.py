"""What can be done with the chosen visit: one action each, with its key, on grid and agenda."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget, QWidgetAction

from ketadesk.domain.appointments import NEXT, EscortState, Status, next_escort_state
from ketadesk.domain.day import Visit
from ketadesk.domain.escorts import lacks_escort
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.booking.reasons import ask_reason
from ketadesk.ui.icons import icon
from ketadesk.ui.visit_writes import VisitWrites
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.menu import Menu
from ketadesk.ui.workplace import Workplace


class VisitActions(QObject):
    """Keeps the actions in step with the chosen visit. `lift_wanted()`: move it with the keys;
    `peek_wanted()`: read it in full.
    """

    lift_wanted = Signal()
    peek_wanted = Signal()

    def __init__(self, workplace: Workplace, writes: VisitWrites, view: QWidget) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._writes = writes
        self._view = view
        self._visit: Visit | None = None
        self.confirm = self._action("confirm", tr("Confirm"), "C", self._confirm)
        self.arrived = self._action("arrived", tr("Arrived"), "A", self._arrived)
        self.escort = self._action("escort", tr("Escort: next step"), "E", self._escort)
        self.who = self._action("who", tr("Escort and state…"), "Shift+E", self._ask_escort)
        self.change = self._action("change", tr("Nurse and note…"), "D", self._change)
        self.move = self._action("move", tr("Move with the arrows"), "M", self.lift_wanted.emit)
        self.session = self._action("session", tr("Open the session"), "O", self._session)
        self.sheets = self._action("sheets", tr("Sheets"), "P", self._sheets)
        self.back = self._action("back", tr("Back to booked"), "B", self._back)
        self.cancel = self._action("cancel", tr("Cancel or no-show…"), "X", self._cancel)
        self.course = self._action("course", tr("Change the course…"), "Shift+M", self._course)
        self.peek = self._action("peek", tr("Read in full"), "Space", self.peek_wanted.emit)
        self._draw()

    def all(self) -> list[QAction]:
        """In the order of a visit's day."""
        return [
            self.confirm,
            self.arrived,
            self.escort,
            self.who,
            self.session,
            self.sheets,
            self.move,
            self.change,
            self.back,
            self.cancel,
            self.course,
            self.peek,
        ]

    def visit(self) -> Visit | None:
        return self._visit

    def choose(self, visit: Visit | None) -> None:
        """From now on the actions are about this visit."""
        self._visit = visit
        status = visit.appointment.status if visit else None
        following = NEXT[status] if status else ()
        self.confirm.setEnabled(status is Status.BOOKED)
        self.arrived.setEnabled(Status.ARRIVED in following)
        self.back.setEnabled(Status.BOOKED in following)
        self.cancel.setEnabled(any(not step.takes_the_chair for step in following))
        self.move.setEnabled(status is not None and status.can_move)
        in_course = visit is not None and visit.appointment.course_number is not None
        self.course.setEnabled(in_course and status is not None and status.can_move)
        self.session.setEnabled(status is not None and status.takes_the_chair)
        self.peek.setEnabled(status is not None)
        self.sheets.setEnabled(status is not None and status.takes_the_chair)
        to_plan = status is not None and status.unfinished
        self.change.setEnabled(to_plan)
        self.who.setEnabled(to_plan)
        step = _next_escort(visit)
        nobody = visit is not None and lacks_escort(visit)
        self.escort.setEnabled(step is not None or nobody)
        self.escort.setText(
            tr("Escort: {state}", state=words.word(step))
            if step
            else tr("Name an escort…")
            if nobody
            else tr("Escort: next step")
        )

    def menu(self, *, about: str) -> Menu:
        """The visit in words, then what can be done with it."""
        menu = Menu(self._view, name="visit_menu")
        menu.addAction(_header(menu, about))
        menu.addSeparator()
        asks_already = self._visit is not None and lacks_escort(self._visit)
        possible = [
            action
            for action in self.all()
            if action.isEnabled()
            and action is not self.peek  # the menu begins with it
            and not (action is self.who and asks_already)
        ]
        for action in possible:
            if action in (self.session, self.move, self.cancel):
                menu.addSeparator()
            menu.addAction(action)
        menu.choose_first()
        return menu

    def set_where(self, where: Callable[[], QPoint]) -> None:
        """Says where on the screen the chosen visit is, for the menu that a key opens."""
        self._where = where

    def redraw(self) -> None:
        """Draws the icons again in the colours of the theme."""
        self._draw()

    def _action(self, name: str, text: str, key: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self._view)
        action.setObjectName(f"visit_{name}")
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.setAutoRepeat(False)
        action.setEnabled(False)
        action.triggered.connect(do)
        return action

    def _draw(self) -> None:
        for action, name in zip(
            self.all(),
            (
                "check",
                "user-check",
                "car",
                "users",
                "activity",
                "printer",
                "calendar-days",
                "pencil",
                "undo-2",
                "calendar-x",
                "refresh-cw",
                "info",
            ),
            strict=True,
        ):
            action.setIcon(icon(name, role="muted", size=16))

    def _confirm(self) -> None:
        self._set_status(Status.CONFIRMED)

    def _arrived(self) -> None:
        self._set_status(Status.ARRIVED)

    def _back(self) -> None:
        self._set_status(Status.BOOKED)

    def _set_status(self, status: Status) -> None:
        if self._visit is not None:
            self._writes.set_status(self._visit.appointment.id, status)

    def _escort(self) -> None:
        step = _next_escort(self._visit)
        if self._visit is not None and step is not None:
            self._writes.set_escort(self._visit.appointment.id, step)
        else:
            self._ask_escort()

    def _ask_escort(self) -> None:
        if self._visit is not None:
            from ketadesk.ui.booking.escort_form import ask_escort

            ask_escort(self._workplace, self._view, self._visit)

    def _change(self) -> None:
        if self._visit is not None:
            from ketadesk.ui.booking.change_form import ask_change

            ask_change(self._workplace, self._view, self._visit)

    def _course(self) -> None:
        if self._visit is not None:
            from ketadesk.ui.booking.course_change import ask_course_change

            ask_course_change(self._workplace, self._view, self._visit)

    def _session(self) -> None:
        if self._visit is not None:
            self._workplace.show("sessions", self._visit.appointment.id)

    def _sheets(self) -> None:
        if self._visit is not None:
            self._workplace.show("sheets", self._visit.appointment.id)

    def _cancel(self) -> None:
        """Asks which of the three it is, then why."""
        if self._visit is None:
            return
        menu = Menu(self._view, name="cancel_menu")
        following = NEXT[self._visit.appointment.status]
        for status, text, key in (
            (Status.CANCELLED_BY_PATIENT, tr("Cancelled by patient…"), "P"),
            (Status.CANCELLED_BY_CLINIC, tr("Cancelled by clinic…"), "C"),
            (Status.NO_SHOW, tr("No-show…"), "N"),
        ):
            if status in following:
                choice = menu.choice(text, key=key, name=f"cancel_{status.value}")
                choice.setData(status.value)
        menu.triggered.connect(self._ask_why)
        menu.choose_first()
        menu.popup(self._where())

    def _ask_why(self, choice: QAction) -> None:
        if self._visit is None:
            return
        appointment_id, status = self._visit.appointment.id, Status(choice.data())
        ask_reason(
            self._view,
            status,
            lambda reason: self._writes.set_status(appointment_id, status, reason),
        )


def _next_escort(visit: Visit | None) -> EscortState | None:
    return next_escort_state(visit.appointment) if visit is not None else None


def _header(menu: Menu, about: str) -> QWidgetAction:
    """The visit in words on top of its menu."""
    first, _, rest = about.partition("\n")
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(12, 6, 12, 6)
    column.setSpacing(1)
    column.addWidget(Label(first, strong=True))
    words_left = Label(rest, size="note", tone="muted", wrap=True)
    words_left.setMaximumWidth(theme.px(400))
    column.addWidget(words_left)
    header = QWidgetAction(menu)
    header.setDefaultWidget(box)
    header.setEnabled(False)
    return header
