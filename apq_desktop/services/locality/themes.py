"""An officer's own themes: put on passages, summarised for each setting, and read as a matrix of settings.

Everything is a line of a journal, for its writer or for colleagues, and is undone by a line that withdraws it.
"""

from __future__ import annotations

from dataclasses import dataclass

from apq_desktop.errors import NotAllowedError
from apq_desktop.evaluation.text.cleaning import clean_line, visible_text
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.library.collection import Library, Passage, Revision
from apq_desktop.review.anchors import Place, Texts, locate, texts_of
from apq_desktop.review.library_lines import DISAGREES, LibraryLine
from apq_desktop.review.lines import Anchor, Part, Quote
from apq_desktop.services.libraries.open_library import received_evaluation, write_about_library
from apq_desktop.toolkit.catalogue import Catalogue

AROUND = 32
"""Characters before and after quoted words that are kept with them."""
NO_NAME = "A theme needs a name."
NAME_TAKEN = "There is a theme of this name already."
NOT_YOURS = "Only whoever made a theme can take it away. You can join it to another one."
NO_WORDS = "These words do not stand in the passage."


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words as they stand in the received revision ``number``: ``words`` is ``text[start:end]``, letter for letter.

    ``line`` is the id of the line that points to them.
    """

    line: str
    evaluation: str
    number: int
    setting: str
    place: Place
    start: int
    end: int
    text: str
    disagrees: bool = False

    @property
    def words(self) -> str:
        """The quoted words."""
        return self.text[self.start : self.end]


# Writing


def add_theme(library: Library, name: str, *, audience: str = "us") -> LibraryLine:
    """Begin a theme; its id is that of the line. Raises NotAllowedError, NotWrittenError."""
    return write_about_library(library, "theme", text=_free_name(library, name), audience=audience)


def rename_theme(library: Library, theme: str, name: str) -> LibraryLine:
    """Give a theme another name. Raises NotAllowedError, NotWrittenError."""
    if fold(name.strip()) == fold(library.state().themes.get(theme, "")):
        return write_about_library(library, "theme", to=theme, text=visible_text(clean_line(name)))
    return write_about_library(library, "theme", to=theme, text=_free_name(library, name))


def join_theme(library: Library, theme: str, into: str) -> LibraryLine:
    """Make a theme one with another: what it is on, and what was summed up, is the other's from now on.

    Raises NotWrittenError.
    """
    return write_about_library(library, "theme", to=theme, into=into, text=library.state().themes[into])


def take_theme_away(library: Library, theme: str) -> LibraryLine:
    """Take one's own theme away from all that it is on; nothing is deleted. Raises NotAllowedError, NotWrittenError."""
    if library.state().makers[theme] != library.who:
        raise NotAllowedError(NOT_YOURS)
    return write_about_library(library, "withdraw", to=theme)


def put_by_name(library: Library, name: str, passage: Passage, start: int, end: int) -> tuple[LibraryLine, ...]:
    """Put the theme of this name on words of a passage, and begin it where there is none yet; returns the lines.

    Raises NotAllowedError, NotWrittenError.
    """
    anchor = anchor_in(passage, start, end)
    there = {fold(one): theme for theme, one in library.state().themes.items()}
    theme = there.get(fold(clean_line(name).strip()))
    if theme:
        return (put_theme(library, theme, passage.evaluation, anchor),)
    made = add_theme(library, name)
    return made, put_theme(library, made.id, passage.evaluation, anchor)


def turn(library: Library, theme: str, passage: Passage, start: int, end: int) -> LibraryLine:
    """Put a theme on words of a passage; where oneself put it on the same words before, take it off.

    Raises NotAllowedError, NotWrittenError.
    """
    anchor = anchor_in(passage, start, end)
    for line in library.state().marks.values():
        if (line.to, line.who, line.evaluation, line.anchors) == (theme, library.who, passage.evaluation, (anchor,)):
            return undo(library, line)
    return put_theme(library, theme, passage.evaluation, anchor)


def turn_disagreement(library: Library, mark: LibraryLine) -> LibraryLine:
    """Say of one's own mark that its words disagree with what most say, or no longer; returns the mark in its place.

    Raises NotWrittenError.
    """
    undo(library, mark)
    disagrees = mark.text != DISAGREES
    return put_theme(library, mark.to, mark.evaluation, *mark.anchors, audience=mark.audience, disagrees=disagrees)


def themes_by_name(library: Library) -> list[tuple[str, str]]:
    """Id and name of every theme, alphabetically."""
    return sorted(library.state().themes.items(), key=lambda pair: (fold(pair[1]), pair[0]))


def anchor_in(passage: Passage, start: int = 0, end: int | None = None) -> Anchor:
    """The anchor of some words of a passage, of all of them where none are named. Raises NotAllowedError."""
    text = passage.text
    exact = text[start:end]
    if not visible_text(exact):
        raise NotAllowedError(NO_WORDS)
    last = start + len(exact)
    # Up to the end of the line: what a quotation's surroundings hold is one line.
    before, after = (
        text[max(0, start - AROUND) : start].rpartition("\n")[2],
        text[last : last + AROUND].partition("\n")[0],
    )
    quote = Quote(exact, clean_line(before), clean_line(after), start)
    part: Part = passage.part  # type: ignore[assignment] # the index holds what targets name
    return Anchor(passage.number, passage.area, part, passage.item, passage.field, quote)


def put_theme(
    library: Library, theme: str, evaluation: str, *anchors: Anchor, audience: str = "us", disagrees: bool = False
) -> LibraryLine:
    """Put a theme on passages. ``disagrees``: they say other than most do. Raises NotWrittenError."""
    text = DISAGREES if disagrees else ""
    given = {"to": theme, "evaluation": evaluation, "anchors": anchors, "text": text, "audience": audience}
    return write_about_library(library, "mark", **given)


def summarise(
    library: Library,
    revision: Revision,
    text: str,
    *anchors: Anchor,
    theme: str = "",
    area: str = "",
    audience: str = "us",
) -> LibraryLine:
    """Write the summary of what one evaluation says to a theme or an area, with the passages it rests on.

    Raises NotWrittenError.
    """
    about = {"provider": revision.provider, "evaluation": revision.evaluation, "to": theme, "area": area}
    return write_about_library(library, "summary", **about, text=text, anchors=anchors, audience=audience)


def summarise_all(library: Library, text: str, *, title: str = "", theme: str = "", area: str = "") -> LibraryLine:
    """Write what is to be said of a theme or an area of all settings together, of everything where none is named.

    It begins a report, which has this ``title``. Raises NotWrittenError.
    """
    return write_about_library(library, "summary", to=theme, area=area, text=text, on=clean_line(title))


def begun_report(library: Library, key: str) -> tuple[str, str]:
    """The title and introduction that were written for a report of an area or theme, or of everything."""
    line = library.state().summaries.get(("", key))
    return (line.on, line.text) if line else ("", "")


def undo(library: Library, line: LibraryLine) -> LibraryLine:
    """Withdraw one's own line, for the same people that it was for; also one that withdraws. Raises NotWrittenError."""
    return write_about_library(library, "withdraw", to=line.id, audience=line.audience)


def _free_name(library: Library, name: str) -> str:
    if not (name := visible_text(clean_line(name))):
        raise NotAllowedError(NO_NAME)
    if fold(name) in map(fold, library.state().themes.values()):
        raise NotAllowedError(NAME_TAKEN)
    return name


# Reading


def themes_on(library: Library) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """The names of the themes on passages, by evaluation, item and field."""
    state = library.state()
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for line in state.marks.values():
        for anchor in line.anchors:
            place = (line.evaluation, anchor.item, anchor.field)
            found.setdefault(place, {})[state.themes[line.to]] = None
    return {place: tuple(names) for place, names in found.items()}


def themed_words(library: Library, shown: Revision, catalogue: Catalogue) -> tuple[tuple[Place, int, int, str], ...]:
    """The words of a revision that themes are on: the place, from where to where, and the theme's name.

    Raises FileRefusedError.
    """
    state, finder = library.state(), PassageFinder(library, catalogue)
    marks = [line for line in state.marks.values() if line.evaluation == shown.evaluation]
    return tuple(
        dict.fromkeys(
            (*found, state.themes[line.to])
            for line in marks
            for anchor in line.anchors
            if (found := finder.now(shown, anchor)) is not None
        )
    )


def shared_themes(library: Library) -> tuple[dict[str, str], list[LibraryLine]]:
    """The themes that carry marks for colleagues, by name, and these marks: what may leave the library."""
    shared = [line for line in library.state().marks.values() if line.audience != "me"]
    used = {line.to for line in shared}
    return {theme: name for theme, name in themes_by_name(library) if theme in used}, shared


class PassageFinder:
    """Find the words that anchors name in the received files, each of which it reads once."""

    def __init__(self, library: Library, catalogue: Catalogue) -> None:
        self._library, self._catalogue = library, catalogue
        self._texts: dict[str, Texts] = {}

    def quotation(self, line: LibraryLine, anchor: Anchor) -> Quotation | None:
        """The words of an anchor in the revision that was read; None where that is not there any more."""
        revision = self._revision(line.evaluation, anchor.revision)
        place = (anchor.part, anchor.item, anchor.field)
        passage = self._library.passage_at(line.evaluation, anchor.revision, anchor.item, anchor.field)
        if revision is None or passage is None:
            return None
        text = passage.text
        found = locate(anchor, {place: text}, {place: text})
        if found.place is None:
            return None
        end = found.end if anchor.quote else len(text)
        disagrees = line.what == "mark" and line.text == DISAGREES
        about = (line.id, line.evaluation, anchor.revision, revision.name)
        return Quotation(*about, place, found.start, end, text, disagrees)

    def now(self, shown: Revision, anchor: Anchor) -> tuple[Place, int, int] | None:
        """Where the words of an anchor surely stand in a revision, as place, start and end."""
        read = self._revision(shown.evaluation, anchor.revision) or shown
        texts = self._of(shown)
        found = locate(anchor, self._of(read), texts)
        if found.certainty != "here" or found.place is None:
            return None
        return found.place, found.start, found.end if anchor.quote else len(texts[found.place])

    def _revision(self, evaluation: str, number: int) -> Revision | None:
        return next((one for one in self._library.revisions(evaluation) if one.number == number), None)

    def _of(self, revision: Revision) -> Texts:
        if revision.content not in self._texts:
            self._texts[revision.content] = texts_of(received_evaluation(self._library, revision, self._catalogue))
        return self._texts[revision.content]
