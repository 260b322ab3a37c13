"""What single cells of an export say: a name in one piece, a language."""

import re
from functools import lru_cache

from ketadesk.domain.names import folded


def _words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words_of(
    """
    de del la las los da das do dos di van von der den ter ten le el al bin ben st san santa
    """
)
_TITLES = _words_of("mr mrs ms miss mx dr dra prof sr sra srta don dona herr frau")
_SUFFIXES = _words_of("jr sr ii iii iv")
_LANGUAGES = {
    "english": "en", "eng": "en", "ingles": "en", "spanish": "es", "spa": "es", "espanol": "es",
    "castellano": "es", "castilian": "es", "french": "fr", "fra": "fr", "fre": "fr",
    "german": "de", "deu": "de", "ger": "de", "italian": "it", "ita": "it", "portuguese": "pt",
    "por": "pt", "chinese": "zh", "zho": "zh", "chi": "zh", "mandarin": "zh", "cantonese": "yue",
    "vietnamese": "vi", "vie": "vi", "korean": "ko", "kor": "ko", "japanese": "ja", "jpn": "ja",
    "tagalog": "tl", "tgl": "tl", "filipino": "fil", "russian": "ru", "rus": "ru", "arabic": "ar",
    "ara": "ar", "hindi": "hi", "hin": "hi", "polish": "pl", "pol": "pl", "ukrainian": "uk",
    "haitian creole": "ht", "haitian": "ht", "american sign language": "ase", "catalan": "ca",
    "catala": "ca", "galician": "gl", "gallego": "gl", "basque": "eu", "euskera": "eu",
    "frances": "fr", "aleman": "de", "italiano": "it", "portugues": "pt", "chino": "zh",
    "arabe": "ar", "ruso": "ru",
}  # fmt: skip
_LANGUAGE_TAG = re.compile(r"(?P<language>[a-z]{2})([-_](?P<region>[A-Za-z]{2}))?")


def split_name(whole: str) -> tuple[str, str, str]:
    """(title, given, family) of a name in one piece: "García López, Ana" or "Ana García".

    Without a comma the last word is the family name, with the particles before it ("de la Cruz").
    """
    family, comma, given = whole.partition(",")
    if comma and folded(given).strip(" .") not in _SUFFIXES:
        given, _, suffix = given.partition(",")
        title, given_words = _without_title(given.split())
        family = " ".join((family.strip(), *suffix.replace(",", " ").split())).strip()
        return title, " ".join(given_words), family
    title, words = _without_title(whole.replace(",", " ").split())
    suffixes = words[-1:] if len(words) > 2 and _bare(words[-1]) in _SUFFIXES else []
    words = words[: len(words) - len(suffixes)]
    if len(words) < 2:
        return title, " ".join(words), " ".join(suffixes)
    start = len(words) - 1
    while start > 1 and _bare(words[start - 1]) in _PARTICLES:
        start -= 1
    return title, " ".join(words[:start]), " ".join(words[start:] + suffixes)


@lru_cache(maxsize=256)
def language_tag(text: str) -> str | None:
    """The BCP 47 tag of a language as systems write it ("Spanish", "spa", "es_MX")."""
    tag = _LANGUAGE_TAG.fullmatch(text)
    if tag:
        region = tag["region"]
        return tag["language"] + (f"-{region.upper()}" if region else "")
    words = re.sub(r"[^a-z ]", " ", folded(text)).split()
    named = _LANGUAGES.get(" ".join(words))
    return named or (_LANGUAGES.get(words[0]) if words else None)


def _without_title(words: list[str]) -> tuple[str, list[str]]:
    if len(words) > 2 and _bare(words[0]) in _TITLES:
        return words[0], words[1:]
    return "", words


def _bare(word: str) -> str:
    return folded(word).strip(".")
