from collections.abc import Iterator
from pathlib import Path

import pytest

from ketadesk.store.database import SqliteDatabase
from tests.clinic_day import open_harbor


@pytest.fixture
def db(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """Harbor Clinic on a Monday morning, nobody booked yet; whole again at the end of the test."""
    db = open_harbor(tmp_path / "harbor.ketadesk")
    yield db
    db.close()
