"""How the readings of a session are shown and said: what is high, what is low."""
# ruff: noqa: F811 - fixtures of other files are used by their names

from PySide6.QtCore import Qt

from ketadesk.ui.session.readings_model import COLUMNS, readings_model
from ketadesk.ui.session.strip_story import reading_rows, strip_data
from tests.ui.session_day import SessionDay
from tests.ui.test_session import day  # noqa: F401


def test_a_low_value_points_down_and_says_low_to_whoever_listens(day: SessionDay) -> None:
    """A saturation of 88 is no rise; the pressure beside it is one."""
    session_id = day.infusing()
    day.read(session_id, "185/112 78 88 16")
    day.read(session_id, "88/60 78 98 16")
    record = day.kept(session_id)
    day.view()
    rows = reading_rows(record, day.workplace)
    model = readings_model(day.workplace.local, day.workplace)
    model.show(rows[-2:])

    def cell(row: int, column: int, role: Qt.ItemDataRole) -> str:
        return str(model.data(model.index(row, column), role))

    shown, spoken = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
    pressure, saturation = COLUMNS.index("blood_pressure"), COLUMNS.index("oxygen_saturation")
    assert cell(0, pressure, shown) == "185/112 ▲"
    assert cell(0, pressure, spoken) == "BP: 185/112, high"
    assert cell(0, saturation, shown) == "88 ▼"
    assert cell(0, saturation, spoken) == "SpO₂: 88, low"
    assert cell(1, pressure, shown) == "88/60 ▼"
    assert [point.low for point in strip_data(record, day.workplace).points[-2:]] == [False, True]
