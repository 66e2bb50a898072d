"""An officer's own tags on settings: words to find several of them by, for their writer alone or for colleagues.

Each is a line of a journal, taken away by another that withdraws it. None leaves the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from apq_desktop.errors import NotAllowedError
from apq_desktop.evaluation.text.cleaning import clean_line, visible_text
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.library.collection import ALL, Library, Wanted
from apq_desktop.review.library_lines import LibraryLine
from apq_desktop.services.libraries.open_library import write_about_library
from apq_desktop.services.locality.themes import undo

NO_WORDS = "A tag needs a word."
THERE = "This provider carries this tag already."
NOT_YOURS = "Only whoever gave a tag can take it away."


def tag_lines(library: Library, provider: str) -> list[LibraryLine]:
    """The lines that give a setting its tags, in alphabetical order."""
    there = (line for line in library.state().tags.values() if line.provider == provider)
    return sorted(there, key=lambda line: (fold(line.text), line.text, line.seq, line.id))


def tags_of(library: Library) -> Mapping[str, tuple[str, ...]]:
    """The tags of every setting that carries one, in alphabetical order."""
    found: dict[str, dict[str, str]] = {}
    for line in library.state().tags.values():
        found.setdefault(line.provider, {}).setdefault(fold(line.text), line.text)
    return {provider: tuple(text for _, text in sorted(there.items())) for provider, there in found.items()}


def tag_words(library: Library) -> tuple[str, ...]:
    """The words of all tags, each once, in alphabetical order."""
    words = {fold(line.text): line.text for line in library.state().tags.values()}
    return tuple(text for _, text in sorted(words.items()))


def give_tag(library: Library, provider: str, text: str, *, audience: str) -> LibraryLine:
    """Give a setting a tag, spelled as another carries it. Raises NotAllowedError, NotWrittenError."""
    if not (tag := " ".join(visible_text(clean_line(text)).split())):
        raise NotAllowedError(NO_WORDS)
    if any(fold(line.text) == fold(tag) for line in tag_lines(library, provider)):
        raise NotAllowedError(THERE)
    spelled = {fold(line.text): line.text for line in library.state().tags.values()}
    return write_about_library(library, "tag", provider=provider, text=spelled.get(fold(tag), tag), audience=audience)


def take_tag_away(library: Library, provider: str, text: str) -> list[LibraryLine]:
    """Take one's own tag off a setting; returns the lines that do. Raises NotAllowedError, NotWrittenError."""
    mine = [line for line in tag_lines(library, provider) if fold(line.text) == fold(text) and line.who == library.who]
    if not mine:
        raise NotAllowedError(NOT_YOURS)
    return [undo(library, line) for line in mine]


def tagged(library: Library, tag: str, wanted: Wanted = ALL) -> Wanted:
    """``wanted`` of the settings alone that carry a tag; where none is named, as it is."""
    if not tag:
        return wanted
    with_tag = frozenset(line.provider for line in library.state().tags.values() if fold(line.text) == fold(tag))
    return replace(wanted, providers=with_tag if wanted.providers is None else wanted.providers & with_tag)
