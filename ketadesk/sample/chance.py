"""Chance that falls the same way every time: the sample of one seed and day is always the same."""

import random
from datetime import date, timedelta

from ketadesk.domain.ids import Uuid


class Chance(random.Random):
    """The seeded dice of one sample clinic. The seed is a text, so that it reads in bug reports."""

    def uuid(self) -> Uuid:
        """A UUID of the random kind, from these dice."""
        bits = f"{self.getrandbits(128):032x}"
        return Uuid(f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-a{bits[17:20]}-{bits[20:]}")

    def happens(self, probability: float) -> bool:
        return self.random() < probability

    def minutes(self, least: int, most: int) -> timedelta:
        return timedelta(minutes=self.randint(least, most))

    def birth_date(self, today: date) -> date:
        """Someone of 19 to 81 years."""
        return today - timedelta(days=self.randint(19 * 366, 81 * 365))
