"""How hard a text is to read: Flesch-Kincaid and Flesch for English, INFLESZ for Spanish.

Not for other languages: each formula is calibrated for its own. Syllables are counted by rules of
spelling, so a figure is good to a few tenths of a grade, not to its last digit.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_WORD = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*")
# A stop ends a sentence when space and no small letter follow ("11:50 a. m. and" goes on).
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)]*(?:\s+(?![a-záéíóúüñ])|$)|\n+")


@dataclass(frozen=True)
class Counts:
    """Words, sentences and syllables of a text, and its longest sentence in words."""

    words: int
    sentences: int
    syllables: int
    longest_sentence: int


@dataclass(frozen=True)
class EnglishReadability:
    """School grade (Flesch-Kincaid) and ease (Flesch; 60 and more is plain) of an English text."""

    counts: Counts
    grade: float
    ease: float


@dataclass(frozen=True)
class SpanishReadability:
    """INFLESZ score of a Spanish text, 0 to 100 and beyond; 65 and more is easy."""

    counts: Counts
    inflesz: float
    band: str


def english(text: str) -> EnglishReadability:
    """Measure an English text; ValueError if it has no words."""
    counts = count(text, english_syllables)
    return EnglishReadability(
        counts,
        grade=flesch_kincaid_grade(counts.words, counts.sentences, counts.syllables),
        ease=flesch_ease(counts.words, counts.sentences, counts.syllables),
    )


def spanish(text: str) -> SpanishReadability:
    """Measure a Spanish text; ValueError if it has no words."""
    counts = count(text, spanish_syllables)
    score = inflesz(counts.words, counts.sentences, counts.syllables)
    return SpanishReadability(counts, inflesz=score, band=inflesz_band(score))


def flesch_kincaid_grade(words: int, sentences: int, syllables: int) -> float:
    """US school grade: 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid 1975)."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def flesch_ease(words: int, sentences: int, syllables: int) -> float:
    """Reading ease: 206.835 - 1.015 words/sentence - 84.6 syllables/word (Flesch 1948)."""
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words


def inflesz(words: int, sentences: int, syllables: int) -> float:
    """Spanish ease: 206.835 - 62.3 syllables/word - words/sentence (Szigriszt Pazos 1993)."""
    return 206.835 - 62.3 * syllables / words - words / sentences


def inflesz_band(score: float) -> str:
    """The band of an INFLESZ score (Barrio-Cantalejo 2008)."""
    if score > 80:
        return "very_easy"
    if score >= 65:
        return "easy"
    if score >= 55:
        return "normal"
    return "slightly_difficult" if score > 40 else "difficult"


def count(text: str, syllables_of: Callable[[str], int]) -> Counts:
    """Count a text; a line break ends a sentence, and a run of digits is one spoken word."""
    sentences = [_WORD.findall(part) for part in _SENTENCE_END.split(text)]
    sentences = [words for words in sentences if words]
    if not sentences:
        raise ValueError("a text without words has no readability")
    words = [word for sentence in sentences for word in sentence]
    return Counts(
        words=len(words),
        sentences=len(sentences),
        syllables=sum(syllables_of(word) for word in words),
        longest_sentence=max(len(sentence) for sentence in sentences),
    )


# Spelling rules miscount these; the clinic's common words are listed rather than guessed.
_ENGLISH_BY_COUNT = {
    2: "being create diet quiet science seizure people something someone sometimes somewhere "
    "business every evening differ different before therefore lifetime maybe urine am pm",
    3: "idea ideas area nausea everyone medicine ketamine",
    4: "anxiety diarrhea society ondansetron",
}
_ENGLISH_EXCEPTIONS = {
    word: count for count, words in _ENGLISH_BY_COUNT.items() for word in words.split()
}


# "smoke", "homes", "used", "safely"; not "table", "noises", "wanted".
_SILENT_ENDING = re.compile(
    r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouylscxzgh]es$|[^aeiouytd]ed$|[^aeiouy]ely$"
)
# Two vowels in two syllables: "radio", "vial", "video", "going", "actual", "fluid"; not "nation".
_SPOKEN_APART = re.compile(r"(?<![tscgx])i(?:a|o|u)|e(?:o|i(?=ng))|oi(?=ng)|u(?:a|i(?=d))")


def english_syllables(word: str) -> int:
    """Syllables of an English word, or of a number as it is spoken; at least one."""
    if word.isdecimal():
        return spoken_number_syllables(word, _ENGLISH_DIGITS, _english_below_hundred)
    plain = re.sub(r"['’]s$|['’]", "", word.lower())
    if plain in _ENGLISH_EXCEPTIONS:
        return _ENGLISH_EXCEPTIONS[plain]
    groups = len(re.findall(r"[aeiouy]+", plain))
    if _SILENT_ENDING.search(plain):
        groups -= 1
    groups += len(_SPOKEN_APART.findall(plain))
    return max(groups, 1)


_STRONG = "aeoáéóíú"
_VOWELS = "aeiouáéíóúü"


def spanish_syllables(word: str) -> int:
    """Syllables of a Spanish word by its spelling, or of a number as it is spoken; at least one."""
    if word.isdecimal():
        return spoken_number_syllables(word, _SPANISH_DIGITS, _spanish_below_hundred)
    plain = re.sub(r"(?<=q)u|(?<=g)u(?=[eiéí])", "", word.lower())
    plain = re.sub(r"y(?![aeiouáéíóú])", "i", plain)
    syllables = 0
    for group in re.findall(f"[{_VOWELS}]+", plain.replace("h", "")):
        # Strong vowels and accented weak ones each carry a syllable; plain weak ones lean on them.
        syllables += max(sum(letter in _STRONG for letter in group), 1)
    return max(syllables, 1)


_ENGLISH_DIGITS = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1)
_SPANISH_DIGITS = (2, 2, 1, 1, 2, 2, 1, 2, 2, 2)


def spoken_number_syllables(
    digits: str, of_digits: tuple[int, ...], below_hundred: Callable[[int], int]
) -> int:
    """Two digits are spoken as a number ("fifty"), longer runs digit by digit ("nine one one")."""
    if len(digits) == 2:
        return below_hundred(int(digits))
    return sum(of_digits[int(digit)] for digit in digits)


def _english_below_hundred(number: int) -> int:
    """Syllables of the numbers 0 to 99 as English says them."""
    if number < 20:
        return (*_ENGLISH_DIGITS, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)[number]
    tens = 3 if number // 10 == 7 else 2
    return tens + (_ENGLISH_DIGITS[number % 10] if number % 10 else 0)


def _spanish_below_hundred(number: int) -> int:
    """Syllables of the numbers 0 to 99 as Spanish says them ("treinta y uno")."""
    if number < 20:
        return (*_SPANISH_DIGITS, 1, 2, 2, 2, 3, 2, 3, 4, 4, 4)[number]
    if number < 30:
        return 2 + (_SPANISH_DIGITS[number % 10] if number % 10 else 0)
    tens = (2, 3, 3, 3, 3, 3, 3)[number // 10 - 3]
    return tens + (1 + _SPANISH_DIGITS[number % 10] if number % 10 else 0)
