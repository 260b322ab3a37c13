"""Whether a phone number can be one, as the clinic's country counts its digits."""

from ketadesk.domain.names import digits

FEWEST_DIGITS = 7


def plausible(phone: str, country: str) -> bool:
    """Whether someone could dial it from there; where the country is unknown, by its length."""
    import phonenumbers  # late: 20 ms that only a changed phone needs

    if len(digits(phone)) < FEWEST_DIGITS:
        return False
    if country.upper() not in phonenumbers.SUPPORTED_REGIONS:
        return True
    try:
        number = phonenumbers.parse(phone, country.upper())
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_possible_number(number))
