"""Words in a text that may tell who a pupil is: numbers, dates of birth, ways to reach somebody, names.

Looking is all that is done here: what is found is shown to the person, who knows what it is and decides. Each
rule is kept narrow, because a warning that is mostly wrong is soon not read any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from apq_desktop.evaluation.rules.remarks.personal_names import pupils_named

FindKind = Literal["upn", "nhs-number", "date-of-birth", "telephone", "email", "name"]

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters of a unique pupil number, each standing for its place from 0: all but I, O and S."""

_ALIKE = str.maketrans(
    dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)
)

_LETTER = f"[{UPN_LETTERS}]"
_UPN = re.compile(
    rf"(?<![A-Z0-9]){_LETTER}[ -]?\d{{3}}[ -]?\d{{4}}[ -]?\d{{2}}[ -]?\d{{2}}(?:\d|{_LETTER})(?![A-Z0-9])",
    re.ASCII | re.IGNORECASE,
)
_NHS_NUMBER = re.compile(r"(?<![\d=/#+.])[1-9]\d{2}[ -]?\d{3}[ -]?\d{4}(?!\d)", re.ASCII)
_PREFIX = re.compile(r"(?:\+ ?|00)44[ .-]?(?:\(0\)[ .-]?|0)?|\(?0")
_TELEPHONE = re.compile(
    rf"(?<![\w=/#+])(?<!\d[.-])(?:{_PREFIX.pattern})[1-35789]\d{{1,4}}\)?(?:[ .-]{{0,2}}\d{{2,8}}){{1,4}}(?!\d)",
    re.ASCII,
)
_EMAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2} ?[./ -] ?\d{1,2} ?[./ -] ?(?:\d{4}|\d{2})"
    rf"|{_NTH}(?: of)?[ ./-]?{_MONTH}(?:[ ,./-]{{1,2}}(?:\d{{4}}|\d{{2}}))?"
    rf"|{_MONTH} {_NTH}(?:,? \d{{4}})?)(?!\d)"
)
_BIRTH = r"\b(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?date|birthday|born)"
_DATE_OF_BIRTH = re.compile(
    rf"{_BIRTH}[^\n\d.;!?]{{0,25}}?(?<!\d){_DATE}"
    rf"|(?<!\d){_DATE}[ ,:(=-]{{0,4}}(?:(?:is|was|as|his|her|their|the) ){{0,2}}{_BIRTH}",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PersonalDataMatch:
    """A part of a text that looks personal: what it looks like, and the words themselves."""

    kind: FindKind
    words: str


def personal_data(text: str) -> list[PersonalDataMatch]:
    """What looks personal in ``text``, in the order it stands there, each once. Of two that overlap, the surer."""
    text = text.translate(_ALIKE)
    taken = bytearray(len(text))
    found: list[tuple[int, PersonalDataMatch]] = []
    for start, end, kind in _candidates(text):
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append((start, PersonalDataMatch(kind, _whole(text[start:end].strip(" '.")))))
    return list(dict.fromkeys(find for _, find in sorted(found, key=lambda pair: pair[0])))


def _whole(words: str) -> str:
    """``words`` without half a pair of brackets."""
    if words.count("(") <= words.count(")"):
        return words
    return words[1:] if words.startswith("(") else words + ")"


def _candidates(text: str) -> Iterator[tuple[int, int, FindKind]]:
    """Everything that has a looked-for form and stands the test of its kind, the surest kind first."""
    for kind, hint, form, test in _FORMS:
        if hint.search(text):
            for match in form.finditer(text):
                if test(match[0]):
                    yield match.start(), match.end(), kind
    for start, end in pupils_named(text):
        yield start, end, "name"


def is_upn(number: str) -> bool:
    """Whether a unique pupil number, of the right form, bears the right check letter.

    The 2nd to the 13th character are multiplied by 2 to 13; the sum, divided by 23, leaves the check letter's
    place. A temporary number ends with a letter, which counts as its place. Source: Government Data Standards
    Catalogue, Unique Pupil Number 2.0, and the school census error 1510 built on it.
    """
    signs = re.sub(r"[ -]", "", number).upper()
    values = (UPN_LETTERS.index(sign) if sign in UPN_LETTERS else int(sign) for sign in signs[1:])
    return UPN_LETTERS[sum(weight * value for weight, value in enumerate(values, 2)) % 23] == signs[0]


def is_nhs_number(number: str) -> bool:
    """Whether ten digits end with the right check digit: weights 10 to 2, modulo 11 (NHS Data Dictionary)."""
    digits = [int(sign) for sign in number if sign.isdecimal()]
    rest = sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return len(set(digits)) > 1 and (11 - rest % 11) % 11 == digits[9]


def is_telephone(number: str) -> bool:
    """Whether a number has the length of one in the United Kingdom (Ofcom's numbering plan).

    After the 0 or the +44 stand ten digits; nine only in some that begin with 1 or 8.
    """
    digits = re.sub(r"\D", "", _PREFIX.sub("", number, count=1))
    return len(digits) == 10 or (len(digits) == 9 and digits[0] in "18")


# What it is, what is quickly seen to be missing from most texts, how it is written, what else must hold.
_FORMS: tuple[tuple[FindKind, re.Pattern[str], re.Pattern[str], Callable[[str], bool]], ...] = (
    ("upn", re.compile("[0-9]{2}"), _UPN, is_upn),
    ("email", re.compile("@"), _EMAIL, bool),
    ("telephone", re.compile("0[0-9]|44"), _TELEPHONE, is_telephone),
    ("nhs-number", re.compile("[0-9]{3}"), _NHS_NUMBER, is_nhs_number),
    ("date-of-birth", re.compile(_BIRTH, re.ASCII | re.IGNORECASE), _DATE_OF_BIRTH, bool),
)
