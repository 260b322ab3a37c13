"""The steps of a session from left to right, and on the right what can be done now."""

from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ketadesk.domain.dosing import show
from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Phase
from ketadesk.domain.weights import SAME, weighed_today
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Tone, plain_tooltip
from ketadesk.ui.widgets.buttons import Button, ButtonRole
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.key_hint import key_text


class Action(NamedTuple):
    """Something that can be done with the session now."""

    id: str
    text: str
    icon: str
    key: str
    role: ButtonRole = "plain"


STEPS = ("checklist", "order", "infusing", "recovery", "ready", "released", "signed")
ROOMY = 1.15
"""Up to this text scale all steps have room beside the actions, beyond it those with a page."""

PAGES = {"checklist": "F5", "order": "F6", "infusing": "F7"}
"""Steps that show a page of their own, with the key that shows it."""


class PhaseBar(QFrame):
    """Signals: `wanted(action id)` and `page_wanted(step id)`."""

    wanted = Signal(str)
    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._actions: tuple[Action, ...] = ()
        self._current = ""
        self._buttons: dict[Action, Button] = {}
        self.held_back = ElidedLabel("", size="note", tone="amber")
        self.held_back.setObjectName("held_back")
        self.held_back.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        steps = QHBoxLayout()
        steps.setSpacing(4)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._steps: dict[str, _Step] = {}
        for step in STEPS:
            made = _Step(step, _step_words(step), PAGES.get(step, ""))
            made.clicked.connect(self._on_step)
            self._steps[step] = made
            steps.addWidget(made)
        steps.addStretch(1)
        self._jump = Button(tr("To the order"), key="F6", role="link", bind=False, hint=False)
        self._jump.setObjectName("jump_to_order")
        self._jump.clicked.connect(self._to_order)
        self._jump.hide()
        self._row.addWidget(self.held_back, 1)
        self._row.addWidget(self._jump)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 14, 6)
        line.setSpacing(4)
        line.addLayout(steps)
        line.addLayout(self._row, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_current"):
            self._choose_steps()

    def _choose_steps(self) -> None:
        """With large text only the steps that have a page, and the present one."""
        large = theme.current_scale() > ROOMY
        for step, button in self._steps.items():
            button.setVisible(not large or step in PAGES or step == self._current)

    def show_record(self, record: SessionRecord, page: str) -> None:
        """The steps done and current, the page shown, the actions now valid."""
        current = current_step(record)
        for index, (step, button) in enumerate(self._steps.items()):
            done = index < STEPS.index(current) or (step == "signed" and record.session.signed)
            if step == "checklist":
                done = not record.open_items
            elif step == "order":
                done = record.order is not None
            button.show_state(current=step == current, done=done, shown=step == page)
        self._current = current
        self._choose_steps()
        self._show_actions(actions(record))
        self.held_back.setText(held_back(record))
        self._jump.setVisible(other_weight(record) is not None)

    def tell(self, text: str) -> None:
        """Says beside the buttons why one of them did nothing."""
        self.held_back.setText(text)

    def action_ids(self) -> tuple[str, ...]:
        return tuple(action.id for action in self._actions)

    def _show_actions(self, wanted: tuple[Action, ...]) -> None:
        if wanted == self._actions:
            return
        self._actions = wanted
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.setObjectName("")
        for action in wanted:
            button = self._buttons.get(action) or self._make_button(action)
            button.setObjectName(f"action_{action.id}")
            self._row.addWidget(button)
            button.show()

    def _make_button(self, action: Action) -> Button:
        """Made once and kept: a button that just came must answer its key at once."""
        button = Button(action.text, icon=action.icon, key=action.key, role=action.role)
        button.setParent(self)
        button.setProperty("action", action.id)
        button.clicked.connect(self._on_action)
        self._buttons[action] = button
        return button

    @Slot()
    def _to_order(self) -> None:
        self.page_wanted.emit("order")

    @Slot()
    def _on_action(self) -> None:
        self.wanted.emit(str(self.sender().property("action")))

    @Slot()
    def _on_step(self) -> None:
        self.page_wanted.emit(str(self.sender().property("step")))


class _Step(QPushButton):
    """One step: done ones with a tick, the current one filled; some lead to a page."""

    def __init__(self, step: str, text: str, key: str) -> None:
        super().__init__()
        self.setObjectName(f"step_{step}")
        self.setProperty("step", step)
        self.setText(text)
        self.setAutoDefault(False)
        self.setEnabled(bool(key))
        self._key = key
        self._current = self._done = self._shown = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if key:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            QShortcut(QKeySequence(key), self).activated.connect(self.click)
            self.setToolTip(plain_tooltip(f"{text}  ({key_text(key)})"))

    def show_state(self, *, current: bool, done: bool, shown: bool) -> None:
        self._current, self._done, self._shown = current, done, shown
        said = [self.text()]
        said += [tr("current step")] if current else [tr("done")] if done else []
        self.setAccessibleName(", ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(theme.font("body", strong=True))
        tick = theme.px(18) if self._done and not self._current else 0
        width = metrics.horizontalAdvance(self.text()) + tick + theme.px(24)
        return QSize(round(width), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        tone: Tone = "accent" if self._done else "muted"
        if self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent.foreground))
            painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
            tone = "bg" if tokens.dark else "surface"
        left = area.left() + theme.px(11)
        if self._done and not self._current:
            size = theme.px(14)
            painter.drawPixmap(
                round(left),
                round(area.center().y() - size / 2),
                pixmap("check", role=tone, size=14),
            )
            left += theme.px(18)
        painter.setFont(theme.font("body", strong=True))
        painter.setPen(theme.color(tone))
        painter.drawText(
            QRectF(left, area.top(), area.width(), area.height()),
            int(Qt.AlignmentFlag.AlignVCenter),
            self.text(),
        )
        if self._shown and not self._current:
            painter.fillRect(
                QRectF(area.left() + 10, area.bottom() - 2, area.width() - 20, 2),
                theme.color("accent"),
            )
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.end()


def current_step(record: SessionRecord) -> str:
    session = record.session
    if session.signed:
        return "signed"
    if session.phase is Phase.PREPARING:
        return "order" if not record.open_items else "checklist"
    return {
        Phase.INFUSING: "infusing",
        Phase.PAUSED: "infusing",
        Phase.STOPPED: "infusing",
        Phase.RECOVERING: "recovery",
        Phase.READY: "ready",
        Phase.RELEASED: "released",
    }[session.phase]


def actions(record: SessionRecord) -> tuple[Action, ...]:
    """What can be done now. Alt keys, so that a letter typed into the line never stops a pump."""
    session = record.session
    if session.signed:
        return (Action("addendum", tr("Addendum…"), "pen-line", "Alt+D"),)
    stop = Action("stop", tr("Stop…"), "circle-x", "Alt+Shift+X", "danger")
    recover = Action("to_recovery", tr("To recovery"), "arrow-right", "Alt+R")
    release = Action("release", tr("Release…"), "hand-helping", "Alt+L", "primary")
    early = Action("release", tr("Leaves early…"), "log-out", "Alt+L")
    if session.phase is Phase.PREPARING:
        not_today = Action("stop", tr("Not today…"), "circle-x", "Alt+Shift+X", "danger")
        return (Action("begin", tr("Start"), "play", "Alt+S", "primary"), not_today)
    if session.phase is Phase.INFUSING:
        return (Action("pause", tr("Pause"), "pause", "Alt+P"), stop, recover)
    if session.phase is Phase.PAUSED:
        return (Action("resume", tr("Resume"), "play", "Alt+P", "primary"), stop, recover)
    if session.phase is Phase.STOPPED:
        given = session.infusion_started_at is not None
        return (recover, early) if given else (release,)
    if session.phase is Phase.RECOVERING:
        return (Action("mark_ready", tr("Ready"), "circle-check", "Alt+Y", "primary"), early)
    if session.phase is Phase.READY:
        back = Action("back_to_recovery", tr("Back to recovery"), "undo-2", "Alt+B")
        return (back, release)
    not_gone = Action("not_gone", tr("Not gone yet…"), "undo-2", "Alt+N")
    return (not_gone, Action("sign", tr("Sign…"), "file-check", "Alt+G", "primary"))


def held_back(record: SessionRecord) -> str:
    """In one line what holds back the start; nothing once it may begin."""
    from ketadesk.ui.session.checklist_words import short

    if record.session.phase is not Phase.PREPARING or record.session.signed:
        return ""
    open_items = [short(item) for item in record.open_items]
    if record.order is None:
        open_items.append(tr("order"))
    other = other_weight(record)
    if other is not None and record.order is not None:
        ordered, today = show(record.order.weight), show(other)
        return tr("Order for {ordered} kg, weighed {today} kg", ordered=ordered, today=today)
    if not open_items:
        return ""
    shown = ", ".join(open_items[:3])
    more = len(open_items) - 3
    return (
        tr("Open: {shown} +{more}", shown=shown, more=more)
        if more > 0
        else tr("Open: {shown}", shown=shown)
    )


def other_weight(record: SessionRecord) -> Decimal | None:
    """Today's weight when the order was written for another one, before the start."""
    if record.session.phase is not Phase.PREPARING or record.order is None:
        return None
    weight = weighed_today(record.answers)
    if weight is None or abs(weight - record.order.weight) <= SAME:
        return None
    return weight


def _step_words(step: str) -> str:
    return {
        "checklist": tr("Checklist"),
        "order": tr("Order"),
        "infusing": tr("Infusing"),
        "recovery": tr("Recovery"),
        "ready": tr("Ready"),
        "released": tr("Released"),
        "signed": tr("Signed"),
    }[step]
