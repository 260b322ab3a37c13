"""One visit's sheets: which, in what language, on what paper, how it looks, and out with it."""

from functools import partial

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ketadesk.domain.day import Visit
from ketadesk.domain.errors import KnownError
from ketadesk.domain.sheets import SheetKind
from ketadesk.i18n import tr
from ketadesk.paper.render import Sheet
from ketadesk.services import sheets
from ketadesk.services.sheets import (
    KeptSheet,
    SheetAgain,
    SheetRequest,
    VisitSheets,
)
from ketadesk.settings import SettingsFile
from ketadesk.ui import theme
from ketadesk.ui.lobby import person
from ketadesk.ui.paper import names
from ketadesk.ui.paper.choice import needed_first, usual_paper
from ketadesk.ui.paper.drawing import Prepared, draw, prepare
from ketadesk.ui.paper.output import Output, Wanted
from ketadesk.ui.paper.preview import Preview
from ketadesk.ui.paper.room import line_direction
from ketadesk.ui.paper.side import Side
from ketadesk.ui.paper.trouble import Trouble
from ketadesk.ui.widgets.buttons import Button
from ketadesk.ui.widgets.label import Label
from ketadesk.ui.widgets.segmented import Segment, Segmented
from ketadesk.ui.workplace import Workplace


class SheetWork(QWidget):
    """The middle and the right of Sheets. What a person chose stays for the next visit, except
    the language: that is the patient's own until another is asked for.
    """

    def __init__(
        self, workplace: Workplace, settings: SettingsFile | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._settings = settings
        self._entry: VisitSheets | None = None
        self._kind: SheetKind | None = None
        self._language: str | None = None
        self._paper: str | None = None
        self._again: KeptSheet | None = None
        self._wanted: Wanted | None = None
        self._sheet: Sheet | None = None
        self.output = Output(self, workplace)
        self.side = Side(workplace)
        self.preview = Preview()
        self.trouble = Trouble(workplace)
        self._lay_out()
        self._connect()

    def forget_choices(self, *, kind: SheetKind | None = None) -> None:
        """The next visit shows this kind, or what it needs first, in its patient's language."""
        self._kind, self._language, self._again = kind, None, None

    def show_visit(self, entry: VisitSheets) -> None:
        """Another visit, or the same one as it is now."""
        before = self._entry
        if before is None or before.visit.appointment.id != entry.visit.appointment.id:
            self._language = self._again = None
        self._entry = entry
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_theme_change(event) and hasattr(self, "_head"):
            self._head.setDirection(line_direction())

    def _lay_out(self) -> None:
        self.kind = Segmented(names.choices())
        self.kind.setObjectName("sheet_kind")
        self.fit = Segmented(
            [Segment("page", tr("Whole page"), "W"), Segment("width", tr("Fit width"), "F")]
        )
        self.fit.setObjectName("sheet_fit")
        self._head = QBoxLayout(line_direction())
        self._head.setContentsMargins(14, 10, 14, 0)
        self._head.setSpacing(8)
        self._head.addWidget(self.kind)
        self._head.addStretch(1)
        self._head.addWidget(self.fit)
        self._shown = QStackedWidget()
        self._shown.addWidget(self.preview)
        self._shown.addWidget(self.trouble)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(self._head)
        middle.addWidget(self._make_banner())
        middle.addWidget(self._shown, 1)
        between = QFrame()
        between.setProperty("look", "line")
        between.setFixedWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(middle, 11)
        row.addWidget(between)
        row.addWidget(self.side, 4)

    def _make_banner(self) -> QWidget:
        """Says that an old sheet is shown, and leads back."""
        self.banner = QWidget()
        self._banner_text = Label(tone="blue", wrap=True)
        self._banner_text.setObjectName("sheet_banner")
        back = Button(tr("Back to now"), key="Esc")
        back.setObjectName("sheet_back")
        back.clicked.connect(self._leave_old)
        row = QHBoxLayout(self.banner)
        row.setContentsMargins(14, 8, 14, 0)
        row.addWidget(self._banner_text, 1)
        row.addWidget(back)
        self.banner.hide()
        return self.banner

    def _connect(self) -> None:
        self.kind.chosen.connect(self._choose_kind)
        self.fit.chosen.connect(self.preview.set_fit)
        self.side.language.chosen.connect(self._choose_language)
        self.side.paper.chosen.connect(self._choose_paper)
        self.side.print_button.clicked.connect(self._print)
        self.side.save_button.clicked.connect(self._save)
        self.side.again_wanted.connect(self._print_again)
        self.preview.width_wanted.connect(self._draw_again)

    # What is wanted

    @Slot(str)
    def _choose_kind(self, kind: str) -> None:
        self._kind, self._again = SheetKind(kind), None
        self._refresh()

    @Slot(str)
    def _choose_language(self, language: str) -> None:
        self._language, self._again = language, None
        self._refresh()

    @Slot(str)
    def _choose_paper(self, paper: str) -> None:
        self._paper, self._again = paper, None
        if self._settings is not None:
            self._settings.change(paper=paper)
        self._refresh()

    @Slot()
    def _leave_old(self) -> None:
        self._again = None
        self._refresh()

    def _refresh(self) -> None:
        """Shows what is chosen, and asks for the sheet that it makes."""
        entry = self._entry
        if entry is None:
            return
        wanted = self._make_wanted(entry)
        shown = self._again if self._again is not None else wanted
        assert isinstance(shown, KeptSheet | SheetRequest)
        language = shown.language or "en"
        self.kind.choose(shown.kind)
        self.side.language.choose(language)
        self.side.paper.choose(shown.paper)
        self.side.show_reading(
            person(entry.visit.patient_name), entry.visit.written_language, language
        )
        self.side.show_kept(entry.kept)
        self.side.show_changed(entry.changed)
        self._show_banner()
        self._render(wanted)

    def _make_wanted(self, entry: VisitSheets) -> Wanted:
        appointment_id = entry.visit.appointment.id
        if self._again is not None:
            return SheetAgain(self._again.id, appointment_id)
        return SheetRequest(
            kind=self._kind or needed_first(entry),
            appointment_id=appointment_id,
            language=self._language or sheets.language_of(entry.visit.written_language),
            paper=self._paper or self._usual_paper(),
        )

    def _usual_paper(self) -> str:
        remembered = self._settings.current.paper if self._settings is not None else ""
        return usual_paper(remembered, self._workplace.clinic_frame.clinic.country)

    def _show_banner(self) -> None:
        self.banner.setVisible(self._again is not None)
        if self._again is not None:
            when = names.when(self._workplace.local(self._again.at), self._workplace.now())
            self._banner_text.setText(tr("As it left at {when}. It comes out the same.", when=when))

    # How it looks

    def _render(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.preview.wait()
        stamp = self._workplace.desk.stamp()
        self._workplace.desk.ask(
            partial(sheets.gather, wanted=wanted, at=stamp.at, staff_id=stamp.staff_id),
            then=partial(prepare, width=self.preview.pixel_width()),
            receiver=self,
            done=self._show,
            refused=partial(self._refuse, wanted),
            key="sheet",
        )

    def _show(self, prepared: Prepared) -> None:
        self._sheet = prepared.sheet
        self._shown.setCurrentWidget(self.preview)
        self._allow(printing=True)
        self.preview.show_pages(prepared.pages, name=self._name())

    def _refuse(self, wanted: Wanted, error: KnownError) -> None:
        if wanted != self._wanted or self._entry is None:
            return
        self._sheet = None
        self.preview.show_pages([], name=tr("No preview"))
        self.trouble.tell(error, self._entry.visit)
        self._shown.setCurrentWidget(self.trouble)
        self._allow(printing=False)

    def _allow(self, *, printing: bool) -> None:
        self.side.print_button.setEnabled(printing)
        self.side.save_button.setEnabled(printing)

    def _name(self) -> str:
        assert self._entry is not None
        assert self._sheet is not None
        return tr(
            "Preview: {sheet} for {patient}, {language}",
            sheet=names.kind(self._sheet.kind),
            patient=person(self._entry.visit.patient_name),
            language=names.language(self._sheet.language),
        )

    @Slot(int)
    def _draw_again(self, width: int) -> None:
        if self._sheet is not None:
            self._workplace.desk.work(
                partial(draw, self._sheet, width=width),
                receiver=self,
                done=self._show_drawn,
                key="pixels",
            )

    def _show_drawn(self, prepared: Prepared) -> None:
        if prepared.sheet is self._sheet:
            self.preview.show_pages(prepared.pages, name=self._name())

    # Out of the program

    @Slot()
    def _print(self) -> None:
        if self._wanted is not None:
            self.output.print_sheet(self._wanted, self.side.paper.choice())

    @Slot()
    def _save(self) -> None:
        if self._wanted is not None and self._entry is not None:
            self.output.save_sheet(self._wanted, self._file_name(self._entry.visit))

    def _file_name(self, visit: Visit) -> str:
        chairs = {chair.id: chair.name for chair in self._workplace.clinic_frame.chairs}
        language = self.side.language.choice()
        return names.file_name(
            self.kind.choice(),
            self._workplace.local(visit.appointment.starts),
            chairs.get(visit.appointment.chair_id, ""),
            copy="" if language == sheets.language_of(visit.written_language) else language,
        )

    @Slot(object)
    def _print_again(self, kept: KeptSheet) -> None:
        self._again = kept
        self._refresh()
        self._print()
