"""A kind of sheet is whole: template, facts, wording in every language, and names on screen."""

import pytest

from ketadesk import resources
from ketadesk.domain.sheets import LANGUAGES, SheetKind
from ketadesk.paper import composition, conditions, render, wording
from ketadesk.services.sheet_facts import GATHERED_BY
from ketadesk.ui.paper import names


@pytest.mark.parametrize("kind", SheetKind)
def test_a_kind_of_sheet_is_known_in_every_room(kind: SheetKind) -> None:
    template = render.TEMPLATES[kind, composition.TEMPLATE_VERSION]
    assert resources.path("sheets", template).is_file()
    assert kind in conditions.KIND_OF_FACTS.values()
    assert kind in conditions.CONDITIONS
    assert kind in conditions.GROUPS
    assert kind in GATHERED_BY
    assert wording.languages(kind) == LANGUAGES
    assert names.kind(kind) != kind


def test_each_kind_has_a_key_of_its_own() -> None:
    keys = [choice.key for choice in names.choices()]
    assert len(set(keys)) == len(keys) == len(SheetKind)
