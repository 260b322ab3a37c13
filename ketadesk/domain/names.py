"""Names and phone numbers as people write them, made comparable."""

import re
import unicodedata

_NOT_DIGITS = re.compile("[^0-9]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")


def full_name(given_name: str, family_name: str) -> str:
    return " ".join(part for part in (given_name.strip(), family_name.strip()) if part)


def short_name(name: str) -> str:
    """ "Ana García" becomes "Ana G.": enough for a status line that others may read."""
    words = name.split()
    if len(words) < 2:
        return name.strip()
    return f"{words[0]} {words[-1][0]}."


def initials(name: str) -> str:
    """ "Mary Kate Doyle" becomes "M.K.D." for screens that strangers can see; so does "M.K.D."."""
    words = [word for word in re.split(r"[\s-]+", name) if word]
    return "".join(
        word.upper() if _INITIALS.fullmatch(word) else f"{word[0].upper()}." for word in words
    )


def folded(text: str) -> str:
    """Lower case without accents, so that "munoz" and "Muñoz" are the same."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    # Letters such as 𝐀 have no lower case until they are taken apart.
    apart = unicodedata.normalize("NFKD", lowered).casefold()
    decomposed = unicodedata.normalize("NFKD", apart)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def blank(text: str) -> bool:
    """Whether nobody could see the text: it has no letter, number, sign or symbol."""
    return not any(unicodedata.category(character)[0] in "LNPS" for character in text)


def digits(text: str) -> str:
    """Only the ASCII digits of a phone number or date."""
    return _NOT_DIGITS.sub("", text)


def phone_tokens(phone: str) -> str:
    """The ways a phone number is asked for: whole, its last seven, its last four digits."""
    number = digits(phone)
    tokens = (
        number,
        number[-7:] if len(number) > 7 else "",
        number[-4:] if len(number) > 4 else "",
    )
    return " ".join(token for token in tokens if token)
