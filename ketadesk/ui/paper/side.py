"""The right side of Sheets: print, save, language, paper, and what left the printer already."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ketadesk.i18n import tr
from ketadesk.services.sheets import KeptSheet
from ketadesk.ui.paper import names
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.elided_label import ElidedLabel
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle
from ketadesk.ui.widgets.segmented import Segment, Segmented
from ketadesk.ui.workplace import Workplace


class Side(QFrame):
    """`again_wanted(KeptSheet)` asks to print one of the log exactly as it was."""

    again_wanted = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bar")
        self._workplace = workplace
        self.print_button = Button(
            tr("Print"), icon="printer", key="Ctrl+P", role="primary", spread=True
        )
        self.print_button.setObjectName("sheet_print")
        self.save_button = Button(tr("Save as PDF"), icon="download", key="Ctrl+S", spread=True)
        self.save_button.setObjectName("sheet_save")
        self.language = Segmented(
            [Segment("en", names.language("en"), "E"), Segment("es", names.language("es"), "S")]
        )
        self.language.setObjectName("sheet_language")
        self.reads = Label(tone="muted", size="note", wrap=True)
        self.reads.setObjectName("sheet_reads")
        self.paper = Segmented(
            [Segment("letter", names.paper("letter"), "L"), Segment("a4", names.paper("a4"), "4")]
        )
        self.paper.setObjectName("sheet_paper")
        self._entries = QVBoxLayout()
        self._entries.setContentsMargins(0, 0, 4, 0)
        self._entries.setSpacing(10)
        self._kept: tuple[KeptSheet, ...] | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 10)
        column.setSpacing(8)
        column.addWidget(self.print_button)
        column.addWidget(self.save_button)
        column.addSpacing(8)
        column.addWidget(SectionTitle(tr("Language")))
        column.addWidget(self.language)
        column.addWidget(self.reads)
        column.addSpacing(8)
        column.addWidget(SectionTitle(tr("Paper")))
        column.addWidget(self.paper)
        column.addSpacing(8)
        column.addWidget(SectionTitle(tr("Printed already")))
        self.changed = Label(tone="amber", size="note", wrap=True)
        self.changed.setObjectName("sheet_changed")
        self.changed.hide()
        column.addWidget(self.changed)
        self._log = QWidget()
        self._log.setLayout(self._entries)
        room = QScrollArea()
        room.setObjectName("sheet_log")
        room.setAccessibleName(tr("Printed already"))
        room.setWidgetResizable(True)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(self._log)
        self._log.setAutoFillBackground(False)
        room.viewport().setAutoFillBackground(False)
        column.addWidget(room, 1)

    def show_reading(self, patient: str, tag: str, language: str) -> None:
        """Says which language the patient reads, where that is not what is chosen or not ours."""
        code = tag.split("-")[0].lower()
        if code not in ("en", "es"):
            text = tr("{patient} does not read one of these languages.", patient=patient)
        elif code != language:
            text = tr(
                "{patient} reads {language}: this is a second copy, for the escort.",
                patient=patient,
                language=names.language(code),
            )
        else:
            text = tr("{patient} reads {language}.", patient=patient, language=names.language(code))
        self.reads.setText(text)

    def show_changed(self, kinds: Sequence[str]) -> None:
        """Says which printed sheets no longer say how things stand."""
        which = ", ".join(names.kind(kind) for kind in kinds)
        self.changed.setText(tr("{sheet}: changed since printed. Print it again.", sheet=which))
        self.changed.setVisible(bool(kinds))

    def show_kept(self, kept: Sequence[KeptSheet]) -> None:
        """The log of one visit, newest first; who was in it stays in it."""
        if tuple(kept) == self._kept:
            return
        self._kept = tuple(kept)
        inside = any(button.hasFocus() for button in self._log.findChildren(Button))
        while (item := self._entries.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if not kept:
            nothing = tr("Nothing yet. What is printed or saved is noted here.")
            self._entries.addWidget(Label(nothing, tone="muted", size="note", wrap=True))
        for number, sheet in enumerate(kept):
            self._entries.addWidget(self._row(sheet, key="R" if number == 0 else ""))
        self._entries.addStretch(1)
        if inside and kept:
            self._log.findChildren(Button, f"sheet_again_{kept[0].id}")[0].setFocus()

    def _row(self, sheet: KeptSheet, *, key: str) -> QWidget:
        when = names.when(self._workplace.local(sheet.at), self._workplace.now())
        how = tr("printed") if sheet.how == "printed" else tr("saved")
        again = Button(
            icon="printer",
            key=key,
            role="quiet",
            name=tr("Print again: {sheet}, {when}", sheet=names.kept(sheet), when=when),
            tip=tr("Print again, exactly as it was"),
        )
        again.setObjectName(f"sheet_again_{sheet.id}")
        again.clicked.connect(partial(self.again_wanted.emit, sheet))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(ElidedLabel(f"{names.kind(sheet.kind)} · {names.language(sheet.language)}"))
        told = f"{when} · {how} · {sheet.staff_name}"
        lines.addWidget(ElidedLabel(told, tone="muted", size="note"))
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addLayout(lines, 1)
        row.addWidget(again)
        return whole
