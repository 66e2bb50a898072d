"""Read the rules of what a reader would ask from ``forms/reader-questions.toml``; ``forms/README.md`` describes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.catalogue_rules import no_repeats
from apq_desktop.toolkit.toml_reader import build, parsed

FILE = "reader-questions.toml"
FIELDS = (
    "evaluation.summary",
    "strengths.text",
    "development_areas.text",
    "actions.what",
    "actions.who",
    "actions.by_when",
    "actions.measure",
    "evidence.title",
)
"""Where a rule may look."""
BESIDE = ("development_area", "measure", "starting_point", "date")
"""Fields beside the text that may be asked for, or may answer the question."""
COMPARISONS = ("repeated", "denied")
_PLACE = re.compile(r"\{(\w*)\}")
_FIGURE = r"(?!(?:19|20)\d\d(?!\d))\d[\d.,]*"
_LIST = re.compile(r"<([a-z-]+)>")


@dataclass(frozen=True)
class WordList:
    """Words that rules name as ``<key>``. A list may name the lists before it."""

    key: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """When a reader would ask ``question`` about a text in one of ``fields``.

    The text holds one of ``says``, begins with one of ``begins``, or is one of ``exact`` and no more (any text does
    where none of them is given); it has at most ``most_words`` (0: any number); and its ``reach``, a sentence or the
    text, holds none of ``unless``. ``answered_by`` are fields beside it that answer the question when they are filled
    in; ``empty`` is one that must be. ``compares`` is how texts are held against each other: ``repeated``, or
    ``denied`` with the words ``says``, leaving ``ignores`` aside. A text is asked once for each ``family``.
    """

    key: str
    fields: tuple[str, ...]
    question: str
    family: str = ""
    says: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    reach: str = "sentence"
    most_words: int = 0
    answered_by: tuple[str, ...] = ()
    empty: str = ""
    compares: str = ""


@dataclass(frozen=True)
class ReaderQuestions:
    """All rules, in the order in which a text is asked, and the lists that they name."""

    lists: tuple[WordList, ...]
    rules: tuple[Rule, ...]

    def pattern(self, words: Iterable[str]) -> str:
        """A regular expression for any of ``words``, in a text without capitals and accents.

        ``*`` is the rest of a word, ``#`` a figure that is no year, ``##`` two digits, ``####`` a year, ``a|b`` either
        word, ``...`` up to three words, ``<key>`` any word of that list.
        """
        return pattern(words, {one.key: one.words for one in self.lists})


def pattern(words: Iterable[str], lists: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> str:
    """See ``ReaderQuestions.pattern``. ``lists`` holds what ``<key>`` stands for."""
    return rf"(?<![\w/-])(?:{'|'.join(_pattern(word, lists) for word in words)})(?![\w-])"


def load_reader_questions(folder: Path) -> ReaderQuestions:
    """Read and check the rules in ``folder``. Raises InstrumentError naming file and key."""
    try:
        data = (folder / FILE).read_bytes()
    except OSError as error:
        raise InstrumentError(FILE, "file", f"cannot be read ({error})") from error
    loaded: ReaderQuestions = build(ReaderQuestions, parsed(data, FILE), FILE)
    known: set[str] = set()
    for n, one in enumerate(loaded.lists, 1):
        _check_lists(one.words, known, f"lists.{n}.words")
        known.add(one.key)
    no_repeats(FILE, "lists", (one.key for one in loaded.lists))
    no_repeats(FILE, "rules", (rule.key for rule in loaded.rules))
    for n, rule in enumerate(loaded.rules, 1):
        _check_rule(rule, known, f"rules.{n}")
    return loaded


def _check_rule(rule: Rule, known: set[str], where: str) -> None:
    allowed = {
        "fields": (rule.fields, FIELDS),
        "reach": ((rule.reach,), ("sentence", "text")),
        "answered_by": (rule.answered_by, BESIDE),
        "empty": ((rule.empty,), ("", *BESIDE)),
        "compares": ((rule.compares,), ("", *COMPARISONS)),
    }
    for name, (values, choices) in allowed.items():
        if (name == "fields" and not values) or not set(values) <= set(choices):
            raise InstrumentError(FILE, f"{where}.{name}", f"must be of {', '.join(filter(None, choices))}")
    for name in ("says", "begins", "unless", "ignores"):
        _check_lists(getattr(rule, name), known, f"{where}.{name}")
    filled_in = {"where"} if rule.compares else {"words"} if rule.says or rule.begins else set()
    if not set(_PLACE.findall(rule.question)) <= filled_in:
        raise InstrumentError(FILE, f"{where}.question", "names a place in braces that nothing fills in")


def _check_lists(words: Iterable[str], known: set[str], where: str) -> None:
    for word in words:
        for key in _LIST.findall(word):
            if key not in known:
                raise InstrumentError(FILE, where, f"no list {key!r} above")


def _pattern(words: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    made = []
    for word in words.split():
        if word == "...":
            made.append(r"(?:\S+\s+){0,3}?")
        else:
            made.append("(?:" + "|".join(_word(one, lists) for one in word.split("|")) + r")\s+")
    return "".join(made).removesuffix(r"\s+")


def _word(word: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    if listed := _LIST.match(word):
        rest = word[listed.end() :]
        return "(?:" + "|".join(_pattern(one, lists) for one in lists[listed[1]]) + ")" + re.escape(rest)
    pattern = re.escape(word.replace("’", "'")).replace(r"\*", r"[\w'-]*")
    return pattern.replace(r"\#\#\#\#", r"(?:19|20)\d\d").replace(r"\#\#", r"\d\d").replace(r"\#", _FIGURE)
