"""The clinic's thresholds: value, unit, where the starting value comes from, who owns it now."""

from collections.abc import Mapping
from dataclasses import fields as fields_of

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ketadesk.domain.changes import Changes
from ketadesk.domain.clinic import SetBy
from ketadesk.domain.rules import Rules
from ketadesk.i18n import tr
from ketadesk.services import clinic
from ketadesk.ui import words
from ketadesk.ui.freshness import Freshness
from ketadesk.ui.settings.rows import Row, TableWithForm
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.widgets.spin_fields import NumberField
from ketadesk.ui.workplace import Workplace


class ThresholdsPage(QWidget):
    """All thresholds as a table, one in the form."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._owners: Mapping[str, SetBy] = {}
        titles = (tr("Threshold"), tr("Value"), tr("Set by"))
        self.list = TableWithForm(titles, name=tr("Thresholds"))
        self.list.chosen.connect(self._show)
        self._title = SectionTitle(tr("Change"))
        self._name = Label(size="body", strong=True, wrap=True)
        self.value = NumberField(name=tr("Value"))
        self.value.setObjectName("rule_value")
        self.value.setMinimumWidth(110)
        self._unit = Label(tone="muted")
        self._state = Label(wrap=True)
        self._state.setObjectName("rule_state")
        self._whose = Label(tone="amber", wrap=True)
        self._whose.setObjectName("rule_whose")
        self._source = Label(size="note", tone="muted", wrap=True)
        self.save_button = Button(tr("Set"), icon="check", key="Ctrl+S", role="primary")
        self.save_button.setObjectName("rule_save")
        self.save_button.clicked.connect(self.save)
        self.value.editingFinished.connect(self._on_edited)
        line = QHBoxLayout()
        line.addWidget(self.value)
        line.addWidget(self._unit)
        line.addStretch(1)
        line.addWidget(self.save_button)
        body = self.list.card.body
        body.addWidget(self._title)
        body.addWidget(self._name)
        body.addLayout(line)
        body.addWidget(self._state)
        body.addWidget(self._whose)
        body.addWidget(self._source)
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
        self._owners = owners
        self._show_whose()
        rules = self._workplace.clinic_frame.rules
        rows = []
        for rule in fields_of(Rules):
            value = f"{getattr(rules, rule.name)} {rule.metadata['unit']}"
            owner = owners.get(rule.name)
            state = self._owner_text(owner) if owner else tr("to be confirmed")
            cells = (words.rule_word(rule.name), value, state)
            rows.append(Row(rule.name, cells, "ink" if owner else "amber"))
        self.list.show_rows(rows)

    def _owner_text(self, owner: SetBy) -> str:
        name = owner.staff_name or tr("unknown")
        day = self._workplace.local(owner.at).date()
        return f"{name}, {words.date_text(day, short=True)}"

    @Slot(object)
    def _show(self, name: str) -> None:
        rule = Rules.__dataclass_fields__[name]
        owner = self._owners.get(name)
        self._name.setText(words.rule_word(name))
        self.value.setAccessibleName(words.rule_word(name))
        self.value.setValue(getattr(self._workplace.clinic_frame.rules, name))
        self._unit.setText(rule.metadata["unit"])
        if owner is None:
            self._state.setText(tr("Starting value, to be confirmed by your medical director."))
            self._state.set_tone("amber")
        else:
            self._state.setText(tr("Set by {owner}.", owner=self._owner_text(owner)))
            self._state.set_tone("muted")
        start = tr("Starting value {value} {unit}.", value=rule.default, unit=rule.metadata["unit"])
        self._source.setText(f"{start} {rule.metadata['source']}.")
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        name = self.list.current()
        if isinstance(name, str):
            same = self.value.value() == getattr(self._workplace.clinic_frame.rules, name)
            unowned = same and name not in self._owners
            self.save_button.set_text(tr("Confirm") if unowned else tr("Set"))

    @Slot()
    def save(self) -> None:
        """Sets the threshold to the value in the field; the same value confirms it."""
        name = self.list.current()
        if not isinstance(name, str):
            return
        self.value.interpretText()
        value, stamp = self.value.value(), self._workplace.desk.stamp()
        self._workplace.desk.do(
            lambda db: clinic.set_rule(db, stamp, name, value), initiator=self, done=self._saved
        )

    @property
    def unsaved(self) -> bool:
        """Whether another value was typed that is not set yet."""
        name, frame = self.list.current(), self._workplace.frame
        if not isinstance(name, str) or frame is None:
            return False
        return self.value.value() != int(getattr(frame.rules, name))

    def _saved(self, _changes: Changes) -> None:
        self.list.table.setFocus()
