"""The steps of a session from left to right, and on the right what can be done now."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ketadesk.domain.session_record import SessionRecord
from ketadesk.domain.sessions import Phase
from ketadesk.i18n import tr
from ketadesk.ui import theme
from ketadesk.ui.session.phase_actions import Action, actions, held_back, other_weight
from ketadesk.ui.session.step_button import StepButton
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.menu import Menu

STEPS = ("checklist", "order", "infusing", "recovery", "ready", "released", "signed")
ROOMY = 1.15
"""Up to this text scale all steps have room beside the actions, beyond it those with a page."""

TIME_KEY = "Alt+T"
"""Corrects when a step was taken."""

PAGES = {"checklist": "F5", "order": "F6", "infusing": "F7"}
"""Steps that show a page of their own, with the key that shows it."""


class PhaseBar(QFrame):
    """Signals: `wanted(action id)` and `page_wanted(step id)`; the right button has the rest."""

    wanted = Signal(str)
    page_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._actions: tuple[Action, ...] = ()
        self._current = ""
        self._can_correct = False
        self._buttons: dict[Action, Button] = {}
        self.held_back = ElidedLabel("", size="note", tone="amber")
        self.held_back.setObjectName("held_back")
        self.held_back.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        steps = QHBoxLayout()
        steps.setSpacing(4)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._steps: dict[str, StepButton] = {}
        for step in STEPS:
            made = StepButton(step, _step_words(step), PAGES.get(step, ""))
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
        self._can_correct = not record.session.signed
        self._choose_steps()
        self._show_actions(actions(record))
        self.held_back.setText(held_back(record))
        self._jump.setVisible(other_weight(record) is not None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What is done too seldom for a button of its own."""
        if self._can_correct:
            menu = Menu(self, name="phase_menu")
            correct = menu.choice(tr("Correct a time…"), name="phase_correct_time", key=TIME_KEY)
            correct.triggered.connect(self._on_correct)
            menu.popup(event.globalPos())
            menu.choose_first()

    @Slot()
    def _on_correct(self) -> None:
        self.wanted.emit("correct_time")

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
