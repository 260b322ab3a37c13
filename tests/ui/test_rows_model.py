"""The rows of a table: what is chosen stays chosen while rows come, go and change places."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QItemSelectionModel, QSortFilterProxyModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from ketadesk.ui import theme
from ketadesk.ui.widgets.rows_model import ORDER, ROW, Column, Look, RowsModel
from ketadesk.ui.widgets.table import Table


@dataclass(frozen=True)
class Member:
    number: int
    name: str
    role: str = "nurse"


ROSA, LENA, SHAH = Member(1, "Rosa"), Member(2, "Lena"), Member(3, "Dr. Shah", "clinician")


@pytest.fixture
def model(qapp) -> RowsModel[Member]:
    theme.apply(qapp, dark=False)
    made = RowsModel(
        (
            Column("Name", lambda member: member.name, strong=True),
            Column(
                "Role",
                lambda member: member.role,
                look=lambda member: (
                    Look("red", "user-x", struck=True) if member.role == "gone" else None
                ),
                order=lambda member: -member.number,
            ),
        ),
        key=lambda member: member.number,
        describe=lambda member: f"{member.name}\n{member.role}",
    )
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return made


@pytest.fixture
def table(qtbot, model: RowsModel[Member]) -> Table:
    made = Table(name="Staff")
    made.setModel(model)
    qtbot.addWidget(made)
    made.show()
    model.show((ROSA, LENA, SHAH))
    made.selectRow(1)
    return made


def chosen(table: Table) -> list[str]:
    return [index.data(ROW).name for index in table.selectionModel().selectedRows()]


def test_who_is_chosen_stays_chosen_wherever_they_move(table: Table, model) -> None:
    heard = []
    table.selectionModel().currentRowChanged.connect(lambda now, _before: heard.append(now.row()))
    for rows in ((SHAH, ROSA, LENA), (LENA,), (Member(2, "Lena Kowalski"), SHAH), (SHAH, LENA)):
        model.show(rows)
        assert model.row_at(table.currentIndex()).number == LENA.number
        assert len(chosen(table)) == 1 and chosen(table)[0].startswith("Lena")
        assert table.verticalHeader().count() == len(rows)
    assert not heard


def test_nobody_is_chosen_in_the_place_of_who_is_gone(table: Table, model) -> None:
    model.show((ROSA, SHAH))
    assert chosen(table) == []
    assert not table.currentIndex().isValid()
    model.show(())
    assert table.verticalHeader().count() == 0
    model.show((ROSA, LENA, SHAH))
    assert chosen(table) == []


def test_equal_rows_change_nothing_and_changed_ones_are_told(qtbot, table: Table, model) -> None:
    with qtbot.assertNotEmitted(model.layoutChanged), qtbot.assertNotEmitted(model.dataChanged):
        model.show([ROSA, LENA, SHAH])
    with qtbot.assertNotEmitted(model.layoutChanged), qtbot.waitSignal(model.dataChanged):
        model.show((ROSA, LENA, Member(3, "Dr. Shah", "manager")))
    assert model.index(2, 1).data() == "manager"


def test_a_sorted_view_keeps_the_choice_too(qtbot, model) -> None:
    order = QSortFilterProxyModel()
    order.setSourceModel(model)
    order.setSortRole(ORDER)
    order.sort(1, Qt.SortOrder.AscendingOrder)
    model.show((ROSA, LENA, SHAH))
    assert [order.index(row, 0).data() for row in range(3)] == ["Dr. Shah", "Lena", "Rosa"]
    table = Table(name="Staff")
    qtbot.addWidget(table)
    table.setModel(order)
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().setCurrentIndex(order.index(1, 0), flags.ClearAndSelect | flags.Rows)
    model.show((LENA, Member(4, "Omar"), SHAH))
    assert table.currentIndex().data(ROW) == LENA
    assert order.rowCount() == 3


def test_a_cell_says_what_it_is_and_looks_like_it(model) -> None:
    model.show((ROSA, Member(9, "Iris <b>", "gone")))
    name, role = model.index(1, 0), model.index(1, 1)
    assert role.data(Qt.ItemDataRole.ForegroundRole) == theme.color("red")
    assert role.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert not role.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert name.data(Qt.ItemDataRole.FontRole).weight() == 600
    assert name.data(Qt.ItemDataRole.AccessibleTextRole) == "Name: Iris <b>"
    assert name.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Iris <b>, gone"
    assert "<b>" not in name.data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(0, 1).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.place_of(9) == 1 and model.place_of(7) is None
    assert model.row_at(5) is None
