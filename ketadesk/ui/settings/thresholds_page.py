"""The clinic's thresholds: value, unit, where the starting value comes from, who owns it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as fields_of

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.clinic import SetBy
from ketadesk.domain.rules import Rules
from ketadesk.i18n import tr
from ketadesk.services import clinic
from ketadesk.ui import words
from ketadesk.ui.freshness import Freshness
from ketadesk.ui.settings.list_with_form import ListWithForm, SaveButton
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.rows_model import Column, Look
from ketadesk.ui.widgets.spin_fields import NumberField
from ketadesk.ui.workplace import Workplace


@dataclass(frozen=True)
class Threshold:
    """A field of the rules with its value now, and who set it, None while it only ships so."""

    name: str
    value: int
    unit: str
    owner: SetBy | None


class ThresholdsPage(QWidget):
    """All thresholds as a table, one in the form."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.list = self._make_list(workplace)
        self.value = NumberField(name=tr("Value"))
        self.value.setObjectName("rule_value")
        self.value.setMinimumWidth(110)
        self._unit = Label(tone="muted")
        self._state = Label(wrap=True)
        self._state.setObjectName("rule_state")
        self._whose = Label(tone="amber", wrap=True)
        self._whose.setObjectName("rule_whose")
        self._source = Label(size="note", tone="muted", wrap=True)
        self.save_button = SaveButton("rule_save", tr("Set"), icon="check")
        self.save_button.clicked.connect(self.save)
        self.value.editingFinished.connect(self._on_edited)
        line = QHBoxLayout()
        line.addWidget(self.value)
        line.addWidget(self._unit)
        line.addStretch(1)
        form = self.list.form
        form.addLayout(line)
        for label in (self._state, self._whose, self._source):
            form.addWidget(label)
        self.list.buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self.list)
        workplace.staff_changed.connect(self._show_whose)
        self._show_whose()
        Freshness(
            self,
            workplace,
            concerns=lambda changes: "settings" in changes.tables,
            reload=self.reload,
        )

    def _make_list(self, workplace: Workplace) -> ListWithForm[Threshold]:
        def waiting(one: Threshold) -> Look | None:
            return None if one.owner else Look("amber")

        made = ListWithForm[Threshold](
            workplace,
            (
                Column(tr("Threshold"), lambda one: words.rule_word(one.name)),
                Column(tr("Value"), lambda one: f"{one.value} {one.unit}", strong=True),
                Column(tr("Set by"), self._set_by, look=waiting),
            ),
            key=lambda one: one.name,
            name=tr("Thresholds"),
            title=lambda one: "" if one is None else words.rule_word(one.name),
            typed=self._dirty,
        )
        made.shown.connect(self._show)
        return made

    @Slot()
    def _show_whose(self) -> None:
        """Who may not set thresholds sees them, and whose they are."""
        member = self._workplace.staff
        mine = member is not None and member.sets_thresholds
        self.value.setEnabled(mine)
        self.save_button.setEnabled(mine)
        self._whose.setVisible(not mine)
        if member is None:
            self._whose.setText(tr("Say who is working: a clinician or the manager sets these."))
        elif not mine:
            name, role = member.name, words.word(member.role)
            sentence = tr(
                "A clinician or the manager sets these. Now working: {name}, {role}.",
                name=name,
                role=role,
            )
            self._whose.setText(sentence)

    @Slot()
    def reload(self) -> None:
        """Asks who set what."""
        self._workplace.desk.ask(clinic.rule_owners, receiver=self, done=self._take, key="owners")

    def _take(self, owners: Mapping[str, SetBy]) -> None:
        self._show_whose()
        rules = self._workplace.clinic_frame.rules
        self.list.show_rows(
            [
                Threshold(
                    rule.name,
                    getattr(rules, rule.name),
                    rule.metadata["unit"],
                    owners.get(rule.name),
                )
                for rule in fields_of(Rules)
            ]
        )

    def _set_by(self, one: Threshold) -> str:
        return self._owner_text(one.owner) if one.owner else tr("to be confirmed")

    def _owner_text(self, owner: SetBy) -> str:
        name = owner.staff_name or tr("unknown")
        day = self._workplace.local(owner.at).date()
        return f"{name}, {words.date_text(day, short=True)}"

    @Slot(object)
    def _show(self, one: Threshold | None) -> None:
        if one is None:
            return
        self.value.setAccessibleName(words.rule_word(one.name))
        self.value.setValue(one.value)
        self._unit.setText(one.unit)
        if one.owner is None:
            self._state.setText(tr("Starting value, to be confirmed by your medical director."))
            self._state.set_tone("amber")
        else:
            self._state.setText(tr("Set by {owner}.", owner=self._owner_text(one.owner)))
            self._state.set_tone("muted")
        rule = Rules.__dataclass_fields__[one.name]
        start = tr("Starting value {value} {unit}.", value=rule.default, unit=one.unit)
        self._source.setText(f"{start} {rule.metadata['source']}.")
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        one = self.list.current
        if one is not None:
            unowned = self.value.value() == one.value and one.owner is None
            self.save_button.set_text(tr("Confirm") if unowned else tr("Set"))

    @Slot()
    def save(self) -> None:
        """Sets the threshold to the value in the field; the same value confirms it."""
        one = self.list.current
        if one is None:
            return
        self.value.interpretText()
        name, value = one.name, self.value.value()
        self.list.send((name, value), lambda db, stamp: clinic.set_rule(db, stamp, name, value))

    @property
    def unsaved(self) -> bool:
        """Whether another value was typed that is not set yet."""
        return self._dirty()

    def _dirty(self) -> bool:
        one = self.list.current
        return one is not None and self.value.value() != one.value
