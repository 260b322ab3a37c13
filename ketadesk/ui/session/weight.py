"""A weight in both units, as it stands beside the field and in the record."""

from decimal import Decimal

from ketadesk.domain.dosing import show
from ketadesk.domain.weights import pounds
from ketadesk.i18n import tr


def both(kg: Decimal) -> str:
    """ "70 kg = 154.3 lb": one slip between the two is seen."""
    return tr("{kg} kg = {pounds} lb", kg=show(kg), pounds=show(pounds(kg), 1))
