"""What tiles say, what they leave out when there is little room, and that it can be read."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ketadesk.domain.appointments import EscortState, Reason, Status
from ketadesk.domain.day import Visit
from ketadesk.domain.ids import EscortId
from ketadesk.domain.objections import Guard, Override
from ketadesk.domain.protocols import Segment
from ketadesk.domain.sessions import Phase
from ketadesk.ui import lobby, theme, words
from ketadesk.ui.calendar.colours import shades
from ketadesk.ui.calendar.day_layout import Sight, TilePart
from ketadesk.ui.calendar.geometry import Box
from ketadesk.ui.calendar.tile_lines import fitting_name, lines
from ketadesk.ui.calendar.tile_painter import ShownTile, TilePainter
from ketadesk.ui.calendar.tile_words import rows_in
from ketadesk.ui.calendar.visit_text import TileText, description, tile_text
from tests.ui.test_calendar_geometry import ZONE, at, visit


def changed(made: Visit, **values: object) -> Visit:
    """The visit with other values, on itself or on its appointment."""
    own = {name: value for name, value in values.items() if hasattr(made, name)}
    rest = {name: value for name, value in values.items() if name not in own}
    appointment = made.appointment.__class__(**{**vars(made.appointment), **rest})
    return made.__class__(**{**vars(made), **own, "appointment": appointment})


def local(moment):
    return moment.astimezone(ZONE)


def text_of(made: Visit, now=None) -> TileText:
    return tile_text(made, now=now or at(8), local=local)


def shown(text: TileText, rows: int) -> list[str]:
    """The lines as text; icons in brackets."""
    return [
        " ".join(
            part
            for part in (
                f"[{line.icon}]" if line.icon else "",
                line.text,
                line.end,
                f"[{line.end_icon}]" if line.end_icon else "",
            )
            if part
        )
        for line in lines(text, rows)
    ]


ANA = changed(
    visit(1, at(9), name="Ana García"),
    nurse_name="Rosa M.",
    planned=6,
    course_number=3,
    escort_id=EscortId(1),
    escort_name="Marta",
    escort_phone="310-555-0199",
    escort_state=EscortState.CONFIRMED,
    status=Status.CONFIRMED,
)


def test_a_high_tile_says_everything() -> None:
    assert shown(text_of(ANA), 4) == [
        "Ana García 3/6",
        "Mood IV · low · Rosa",
        "[car] escort confirmed",
        "confirmed",
    ]


def test_a_low_tile_keeps_who_and_what_must_be_done() -> None:
    assert shown(text_of(ANA), 3) == [
        "Ana García 3/6",
        "Mood IV · low · Rosa",
        "confirmed [car]",
    ]
    assert shown(text_of(ANA), 2) == ["Ana García 3/6", "confirmed [car]"]
    assert shown(text_of(ANA), 1) == ["Ana García 3/6"]
    alone = text_of(changed(ANA, escort_id=None, escort_state=EscortState.NOT_ASKED))
    assert shown(alone, 3) == ["Ana García 3/6", "[triangle-alert] no escort", "confirmed"]
    assert shown(alone, 1) == ["Ana García 3/6 [triangle-alert]"]


@pytest.mark.parametrize(
    ("values", "status", "escort"),
    [
        ({"status": Status.ARRIVED, "status_at": at(8, 52)}, "arrived 08:52", "escort confirmed"),
        (
            {
                "status": Status.IN_SESSION,
                "phase": Phase.INFUSING,
                "phase_since": at(8) - timedelta(minutes=22),
            },
            "infusing 22 min",
            "escort confirmed",
        ),
        (
            {
                "status": Status.COMPLETED,
                "phase": Phase.RELEASED,
                "phase_since": at(7, 5),
                "escort_state": EscortState.HANDED_OVER,
            },
            "released",
            "handed over 07:05",
        ),
        ({"status": Status.COMPLETED, "escort_id": None}, "completed", ""),
        ({"status": Status.NO_SHOW, "status_reason": Reason.FORGOT}, "no-show · forgot", ""),
        ({"escort_state": EscortState.NAMED}, "confirmed", "escort not confirmed"),
        ({"escort_state": EscortState.ON_THE_WAY}, "confirmed", "escort on the way"),
    ],
)
def test_status_and_escort_are_said_in_words(values: dict, status: str, escort: str) -> None:
    text = text_of(changed(ANA, **values))
    assert text.status.text == status
    assert (text.escort.text if text.escort else "") == escort


def test_a_patient_who_is_awaited_counts_as_late_until_arrival() -> None:
    assert shown(text_of(ANA, at(9, 12)), 2)[1].startswith("12 min late · confirmed")
    here = changed(ANA, status=Status.ARRIVED, status_at=at(9, 10))
    assert text_of(here, at(9, 12)).late == ""


def test_the_full_text_holds_what_the_tile_leaves_out() -> None:
    made = changed(ANA, note="prefers the window", overlap_reason="leaves early")
    assert description(made, chair="Chair 1", now=at(8), local=local).splitlines() == [
        "Ana García 3/6",
        "09:00–11:00 · Chair 1",
        "Mood IV · low · Rosa",
        "escort confirmed · Marta · 310-555-0199",
        "confirmed",
        "Shares the chair: leaves early",
        "prefers the window",
    ]


def test_a_name_shrinks_before_it_is_cut() -> None:
    assert fitting_name("Mary Kate Doyle", 100, len) == "Mary Kate Doyle"
    assert fitting_name("Mary Kate Doyle", 8, len) == "Mary D."
    assert fitting_name("Mary Kate Doyle", 6, len) == "M.K.D."


def luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * linear(color.redF())
        + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF())
    )


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_every_word_on_every_shade_reaches_aa(qapp: QApplication, dark: bool) -> None:
    theme.apply(qapp, dark=dark)
    for role in theme.ROLES:
        for ground in (shades(role).ground, shades(role).infusion):
            for tone in ("ink", "muted", role, "accent", "amber", "red"):
                assert contrast(theme.color(tone), ground) >= 4.5, (role, tone)
    theme.apply(qapp, dark=False)


def test_lines_are_counted_by_height_and_text_size(qapp: QApplication) -> None:
    theme.apply(qapp, dark=False)
    assert [rows_in(height) for height in (8, 19, 37, 54, 71, 200)] == [1, 1, 2, 3, 4, 11]
    theme.apply(qapp, dark=False, scale=2.0)
    assert rows_in(71) == 1
    theme.apply(qapp, dark=False)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize(("width", "height"), [(230, 110), (90, 40), (34, 120), (12, 60), (60, 6)])
def test_a_tile_paints_nothing_outside_itself(
    qapp: QApplication, width: int, height: int, scale: float
) -> None:
    theme.apply(qapp, dark=False, scale=scale)
    image = QImage(300, 200, QImage.Format.Format_ARGB32)
    image.fill(QColor("#FF00FF"))
    painter = QPainter(image)
    tile = ShownTile(
        Box(20, 20, width, height),
        text_of(changed(ANA, escort_state=EscortState.NAMED)),
        (TilePart(Segment.INFUSION, 0.2, 0.6), TilePart(Segment.TURNOVER, 0.9, 1.0)),
        Sight(hovered=True),
        now_y=25,
    )
    TilePainter().paint(painter, [tile])
    painter.end()
    outside = QRectF(20, 20, width, height).adjusted(-1, -1, 1, 1).toAlignedRect()
    painted = {
        (x, y)
        for x in range(300)
        for y in range(200)
        if image.pixelColor(x, y) != QColor("#FF00FF")
    }
    assert painted
    assert all(outside.contains(x, y) for x, y in painted)
    theme.apply(qapp, dark=False)


def test_in_lobby_mode_tile_and_full_text_say_initials() -> None:
    lobby.put_on(True)
    try:
        text = text_of(ANA)
        said = description(ANA, chair="Chair 1", now=at(8), local=local)
    finally:
        lobby.put_on(False)
    assert shown(text, 4)[0] == "A.G. 3/6"
    assert fitting_name(text.name, 1, len) == "A.G."
    assert "Ana" not in said and "Marta" not in said
    assert said.splitlines()[0] == "A.G. 3/6"


def test_who_was_booked_against_a_rule_is_marked_and_the_full_text_says_which_why_and_by_whom() -> (
    None
):
    decided = Override(frozenset({Guard.TOO_SOON, Guard.SAME_DAY}), "flies home tomorrow")
    despite = changed(ANA, override=decided, override_name="Dr. Shah")
    assert shown(text_of(despite), 4)[0] == "Ana García 3/6 [circle-alert]"
    said = description(despite, chair="Chair 1", now=at(8), local=local).splitlines()
    assert "Booked despite: twice that day, too soon after the last" in said
    assert "Reason: flies home tomorrow (Dr. Shah)" in said
    assert shown(text_of(ANA), 4)[0] == "Ana García 3/6"


def test_every_rule_of_booking_has_a_word() -> None:
    assert all(words.word(guard) for guard in Guard)
