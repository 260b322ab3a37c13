"""Which copies of a sheet count for the person who reads them."""

import pytest

from ketadesk.domain.sheets import LANGUAGES, kinds_read, language_of
from ketadesk.paper import wording


@pytest.mark.parametrize(
    ("tag", "language"), [("es", "es"), ("es-MX", "es"), ("EN-us", "en"), ("ar", "en"), ("", "en")]
)
def test_a_language_without_wording_is_given_in_english(tag: str, language: str) -> None:
    assert language_of(tag) == language


@pytest.mark.parametrize("kind", ["aftercare", "pickup"])
def test_every_language_has_wording(kind: str) -> None:
    assert set(wording.languages(kind)) == set(LANGUAGES)


def test_only_the_patients_own_copy_counts() -> None:
    copies = [("aftercare", "en"), ("pickup", "es"), ("pickup", "en")]
    assert kinds_read(copies, "es-US") == {"pickup"}
    assert kinds_read(copies, "vi") == {"aftercare", "pickup"}
