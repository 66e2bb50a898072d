"""Which words are known: by a British hunspell dictionary, by the sector's list, or by the user's own.

No Qt here, and no dictionary either: it lies beside a bundle, or the computer has one (``folders``).
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
import warnings
from collections.abc import Iterable
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Protocol

from apq_desktop import paths
from apq_desktop.evaluation.text.cleaning import INVISIBLE, without_invisible
from apq_desktop.paths import own_folder

NAMES = ("en_GB", "en-GB", "en_GB-ise", "en_GB-large")
"""What the two files of a British dictionary are called, before .aff and .dic."""
MOST_SUGGESTIONS = 6
MOST_LETTERS = 40
"""Longer than any word: hunspell takes seconds to think of something like it."""
_LONGEST_RUN = 250
_WORD = re.compile(rf"\w+(?:['’]\w+|[{INVISIBLE}\u0300-\u036f]+\w*)*")
"""A soft hyphen, a joiner or an accent that stands by itself is part of the word."""
_ADDRESS = re.compile(r"@|://|\\|\w\.\w")
_MARKED = re.compile(r"[\d_]|[a-z][A-Z]")
_SYSTEM_FOLDERS = (
    "~/.local/share/hunspell",
    "/usr/local/share/hunspell",
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/share/myspell",
    "/usr/lib/libreoffice/share/extensions/dict-en",
    "~/Library/Spelling",
    "/Library/Spelling",
    "/opt/homebrew/share/hunspell",
    "/Applications/LibreOffice.app/Contents/Resources/extensions/dict-en",
)


def folders() -> list[Path]:
    """Where a dictionary may lie: in the bundle, in the program's own folder, then with the system or LibreOffice."""
    ours = [paths.resources() / "dictionaries", own_folder("data") / "dictionaries"]
    if sys.platform == "win32":
        programs = [os.environ[name] for name in ("PROGRAMFILES", "PROGRAMFILES(X86)") if name in os.environ]
        return ours + [Path(each, "LibreOffice", "share", "extensions", "dict-en") for each in programs]
    return ours + [Path(folder).expanduser() for folder in _SYSTEM_FOLDERS]


def find(places: Iterable[Path]) -> Path | None:
    """The first British dictionary in these folders: its path without .aff and .dic. None where there is none."""
    stems = (place / name for place in places for name in NAMES)
    return next((stem for stem in stems if all(os.access(f"{stem}{end}", os.R_OK) for end in (".aff", ".dic"))), None)


def sector_words() -> frozenset[str]:
    """The words of schools and alternative provision that general dictionaries lack."""
    return frozenset((paths.resources() / "sector-words.txt").read_text("utf-8").split())


class OwnWords:
    """The words a user added: a text file, one word a line, which they may edit themselves."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            lines = file.read_text("utf-8-sig", errors="replace").splitlines()
        except OSError:
            lines = []
        self.words = {line.strip() for line in lines if line.strip()}

    def add(self, word: str) -> None:
        """Keep a word. Raises OSError where the file cannot be written; the word holds until the program ends."""
        if word in self.words:
            return
        self.words.add(word)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a+b") as file:
            end = file.tell()
            file.seek(max(end - 1, 0))
            file.write(f"{word}\n".encode() if file.read(1) in (b"", b"\n") else f"\n{word}\n".encode())


class Dictionary:
    """What is known, and what is like an unknown word. Takes some 70 ms and 11 MB to load.

    ``stem`` is what ``find`` gave. Raises OSError where it cannot be read, ValueError where it is none.
    """

    def __init__(self, stem: Path, own: OwnWords) -> None:
        self._checker = _checker(stem)
        if not self._checker.spell("school") or self._checker.spell("schhol"):
            raise ValueError(f"{stem.name} is no English dictionary")
        self._own, self._sector = own, sector_words()
        self._judged: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Whether a word may stand: it is known, or it is not for a dictionary to judge."""
        known = self._judged.get(word)
        if known is None:
            known = self._judged[word] = self._judge(plain(word))
        return known

    def unknown_in(self, text: str, most: int) -> tuple[list[re.Match[str]], int]:
        """The unknown words of a paragraph, and how many of its words were met for the first time.

        Of these only ``most`` are looked up, which takes some 10 microseconds each; the others count as known for now.
        A paragraph in another language has none.
        """
        may_stand = self._judged.get
        # One pass, as short as it can be: it is made through the whole paragraph at each letter that is typed.
        doubtful = [word for word in _WORD.finditer(text) if not may_stand(word[0])]
        unknown, new = [], 0
        for word in doubtful:
            known = may_stand(word[0])
            if known is None:
                new += 1
                known = new > most or self.knows(word[0])
            if not known and not is_in_address(text, word):
                unknown.append(word)
        return ([] if _is_another_language(text, unknown) else unknown), new

    def unknown_at(self, text: str, place: int) -> re.Match[str] | None:
        """The unknown word that a place in a text is in or beside."""
        for word in _WORD.finditer(text):
            if word.start() <= place <= word.end() and not self.knows(word[0]) and not is_in_address(text, word):
                return word
        return None

    def _judge(self, word: str) -> bool:
        if is_left_alone(word):
            return True
        word = word.removesuffix("'s")
        if not {word, word[:1].lower() + word[1:]}.isdisjoint(self._sector | self._own.words):
            return True
        try:
            return bool(self._checker.spell(word))
        except UnicodeEncodeError:  # an old dictionary in Latin 1 has no such letter
            return True

    def suggestions(self, word: str) -> list[str]:
        """Known words like this one, the likeliest first; written with its kind of apostrophe."""
        from difflib import get_close_matches

        written = plain(word)
        near = get_close_matches(written.casefold(), self._sector | self._own.words, 2, 0.85)
        if written[:1].isupper():
            near = [each[:1].upper() + each[1:] for each in near]
        try:
            found = [*near, *self._checker.suggest(written)]
        except UnicodeEncodeError:
            found = near
        likely = list(dict.fromkeys(each for each in found if each != written))[:MOST_SUGGESTIONS]
        return [each.replace("'", "’") for each in likely] if "’" in word else likely

    def add(self, word: str) -> None:
        """Know a word from now on, and keep it. Raises OSError where it cannot be kept."""
        self._judged.clear()
        self._own.add(plain(word).removesuffix("'s"))


def has_checker() -> bool:
    """Whether this computer has what looks words up: compiled, or in pure Python where no wheel of that exists."""
    return find_spec("hunspell") is not None or find_spec("spylls") is not None


class Checker(Protocol):
    """What looks words up in a dictionary."""

    def spell(self, word: str) -> bool:
        """Whether it is known."""

    def suggest(self, word: str) -> Iterable[str]:
        """Known words like it."""


class _PurePython:
    """Spylls, by the names of chunspell. It takes a second to load and a third of one to suggest."""

    def __init__(self, stem: Path) -> None:
        from spylls.hunspell import Dictionary as Spylls

        with warnings.catch_warnings():
            # It leaves the closing of its files to Python.
            warnings.simplefilter("ignore", ResourceWarning)
            self._spylls = Spylls.from_files(str(stem))

    def spell(self, word: str) -> bool:
        """Whether it is known."""
        return bool(self._spylls.lookup(word))

    def suggest(self, word: str) -> Iterable[str]:
        """Known words like it, no more than are shown."""
        return islice(self._spylls.suggest(word), MOST_SUGGESTIONS)


def _checker(stem: Path) -> Checker:
    """The compiled checker; where no wheel of it exists (Intel Macs, Windows on ARM), the one in pure Python."""
    try:
        from hunspell import Hunspell
    except ImportError:
        try:
            return _PurePython(stem)
        except Exception as error:
            raise ValueError(str(error)) from error
    checker: Checker = Hunspell(stem.name, hunspell_data_dir=str(stem.parent), system_encoding="utf-8")
    return checker


def plain(word: str) -> str:
    """The word as dictionaries write it: their apostrophe, letters with their accents, each apart, none invisible."""
    return unicodedata.normalize("NFKC", without_invisible(word)).replace("’", "'")


def is_left_alone(word: str) -> bool:
    """Whether no dictionary can judge a word: capitals (EHCPs), digits, names like MyConcern, other scripts."""
    stem = word.removesuffix("'s").removesuffix("s")
    return (
        not 1 < len(word) <= MOST_LETTERS
        or stem.isupper()
        or _MARKED.search(word) is not None
        or not all(unicodedata.name(letter, "").startswith("LATIN") for letter in word if letter != "'")
    )


def run_around(text: str, word: re.Match[str]) -> tuple[int, int]:
    """Where the unbroken run begins and ends that a word stands in: up to the next spaces, if they are near."""
    start, end = word.span()
    first, last = max(start - _LONGEST_RUN, 0), min(end + _LONGEST_RUN, len(text))
    while start > first and not text[start - 1].isspace():
        start -= 1
    while end < last and not text[end].isspace():
        end += 1
    return start, end


def is_in_address(text: str, word: re.Match[str]) -> bool:
    """Whether a word is part of an email or web address or of a file's name, whose words nobody spells."""
    start, end = run_around(text, word)
    return _ADDRESS.search(text, start, end) is not None


def _is_another_language(text: str, unknown: list[re.Match[str]]) -> bool:
    """Whether most words of a paragraph are unknown, as when a parent is quoted in Welsh or Polish."""
    return len(unknown) > 12 and len(unknown) * 5 > (text.count(" ") + 1) * 3
