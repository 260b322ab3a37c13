"""Whose escort someone must still name or call, for the coming week; one click shows the visit."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from ketadesk.domain.escorts import EscortToConfirm, Urgency
from ketadesk.i18n import tr
from ketadesk.ui import theme, words
from ketadesk.ui.calendar.visit_text import Local
from ketadesk.ui.icons import pixmap
from ketadesk.ui.theme import Role
from ketadesk.ui.widgets.card import Card
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.section_title import SectionTitle

MOST = 6
"""More than this the column does not hold; the rest is counted below."""


class EscortRow(QAbstractButton):
    """One visit: who, when, and what is missing."""

    def __init__(self, entry: EscortToConfirm, *, when: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._when = when
        self._role, self._word = _urgency_look(entry)
        self.setObjectName("escort_row")
        self.setText(f"{words.person(entry.visit.patient_name)}, {when}: {self._word}")
        self.setAccessibleName(self.text())
        escort = " · ".join(
            part
            for part in (words.person(entry.visit.escort_name), entry.visit.escort_phone)
            if part
        )
        self.setToolTip(theme.plain_tooltip(f"{self.text()}\n{escort}" if escort else self.text()))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(theme.px(180), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, name and word; the time below the name."""
        painter = QPainter(self)
        if self.underMouse() or self.hasFocus():
            option = QStyleOptionButton()
            option.initFrom(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        icon, line = theme.px(17), theme.px(19)
        name = "triangle-alert" if self.entry.nobody else "phone-call"
        painter.drawPixmap(theme.px(2), theme.px(3), pixmap(name, role=self._role, size=17))
        left, width = icon + theme.px(9), float(self.width())
        strong, note = theme.font("note", strong=True), theme.font("note")
        end = QFontMetricsF(strong).horizontalAdvance(self._word)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(strong)
        painter.setPen(theme.color(self._role))
        painter.drawText(QRectF(width - end - 2, 2, end + 2, line), flags, self._word)
        body = theme.font("body")
        room = width - end - left - theme.px(8)
        patient = QFontMetricsF(body).elidedText(
            words.person(self.entry.visit.patient_name), Qt.TextElideMode.ElideRight, room
        )
        painter.setFont(body)
        painter.setPen(theme.color("ink"))
        painter.drawText(QRectF(left, 2, room + 2, line), flags, patient)
        painter.setFont(note)
        painter.setPen(theme.color("muted"))
        painter.drawText(QRectF(left, 1 + line, width - left, line), flags, self._when)
        painter.end()


class EscortsCard(Card):
    """`visit_chosen(Visit)` when a row is pressed."""

    visit_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("escorts_card")
        self._title = SectionTitle(tr("Escorts to confirm"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._none = Label(size="note", tone="muted", wrap=True)
        self._more = Label("", size="note", tone="muted", wrap=True)
        self.body.addWidget(self._title)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._none)
        self.body.addWidget(self._more)
        self._more.hide()

    def rows(self) -> list[EscortRow]:
        """The rows shown, from the top."""
        items = (self._rows.itemAt(place) for place in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, EscortRow)]

    def show_entries(
        self, entries: Sequence[EscortToConfirm], *, today: date, local: Local
    ) -> None:
        """Those to ask by now, the next few with how many more; the others are only counted."""
        due = [entry for entry in entries if entry.due]
        focused = any(row.hasFocus() for row in self.rows())
        for row in self.rows():
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for entry in due[:MOST]:
            starts = local(entry.visit.appointment.starts)
            row = EscortRow(entry, when=f"{_day(starts.date(), today)} {words.clock(starts)}")
            row.clicked.connect(self._chosen)
            self._rows.addWidget(row)
        if focused and due:
            self.rows()[0].setFocus()
        self._title.set_text(self._title.text(), note=str(len(due) or ""))
        later = len(entries) - len(due)
        self._none.setText(
            tr("No escort is to be asked by now.")
            if later
            else tr("Every escort of the coming week is confirmed.")
        )
        self._none.setVisible(not due)
        more = [
            tr("and {number} more", number=len(due) - MOST) if len(due) > MOST else "",
            tr("{number} to ask later this week", number=later) if later else "",
        ]
        self._more.setText(" · ".join(part for part in more if part))
        self._more.setVisible(bool(self._more.text()))

    @Slot()
    def _chosen(self) -> None:
        row = self.sender()
        if isinstance(row, EscortRow):
            self.visit_chosen.emit(row.entry.visit)


def _urgency_look(entry: EscortToConfirm) -> tuple[Role, str]:
    """Red on the day itself, and from when asking is overdue if there is nobody to call."""
    overdue = entry.urgency in (Urgency.OVERDUE, Urgency.TODAY)
    red = entry.urgency is Urgency.TODAY or (overdue and entry.nobody)
    role: Role = "red" if red else "amber"
    if entry.nobody:
        return role, tr("no escort")
    return role, tr("overdue") if overdue else tr("call")


def _day(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return tr("today")
    return tr("tomorrow") if ahead == 1 else words.day(day, short=True)
