"""Themes are lines of a journal: undone, renamed, for us or for me, the same in whatever order they come."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import NotAllowedError, NotWrittenError
from apq_desktop.library.collection import Wanted
from apq_desktop.review.library_lines import DISAGREES, LibraryLine, fold_library
from apq_desktop.review.lines import Anchor
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.locality import theme_matrix, themes
from tests.library import council

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary

OFFICERS = [f"{n}" * 8 for n in range(1, 6)]
KINDS = ["theme", "mark", "summary", "rename", "join", "tag", "withdraw"]


def random_lines(random: Random) -> list[LibraryLine]:
    """What five officers write with clocks that differ: themes, marks, summaries, and their withdrawing."""
    lines: list[LibraryLine] = []
    for n in range(random.randint(5, 40)):
        who, what = random.choice(OFFICERS), random.choice(KINDS)
        moment = f"2026-11-{random.randint(25, 28)}T10:00:00+00:00"
        earlier = random.choice(lines).id if lines else "none"
        given = {
            "theme": {"what": "theme", "text": f"Theme {n}"},
            "rename": {"what": "theme", "to": earlier, "text": f"Name {n}"},
            "join": {"what": "theme", "to": earlier, "into": random.choice(lines).id if lines else "none", "text": "T"},
            "mark": {"what": "mark", "to": earlier, "evaluation": "e", "anchors": (Anchor(1, "attendance"),)},
            "summary": {"what": "summary", "evaluation": f"e{n % 2}", "to": earlier, "text": f"Summary {n}"},
            "tag": {"what": "tag", "provider": "p", "text": f"Tag {n}"},
            "withdraw": {"what": "withdraw", "to": earlier},
        }[what]
        lines.append(LibraryLine(f"line-{n}", at=moment, seq=random.randint(1, 20), who=who, **given))  # type: ignore[arg-type]
    return lines


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_the_state_is_the_same_for_every_order_in_which_lines_arrive(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same lines each time
    for _ in range(25):
        lines = random_lines(random)
        state = fold_library(lines)
        again = lines + random.sample(lines, len(lines) // 2)
        random.shuffle(again)
        assert fold_library(again) == state


def test_colleagues_see_the_same_themes_and_undo_takes_away_only_ones_own(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary]
) -> None:
    first = library.providers()[0]
    theme = themes.add_theme(library, "Getting here").id
    mark = themes.put_theme(library, theme, first.evaluation, Anchor(first.number, "attendance"))
    colleague = opened("colleague")
    council.catch_up(colleague)
    assert colleague.state().marks == {mark.id: mark}
    themes.undo(colleague, mark)
    assert mark.id in colleague.state().marks
    themes.undo(library, mark)
    colleague.news()
    assert colleague.state().marks == library.state().marks == {}


def test_what_is_for_me_is_not_even_in_a_file_of_the_shared_folder(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary]
) -> None:
    first = library.providers()[0]
    theme = themes.add_theme(library, "UNHEARD", audience="me").id
    mark = themes.put_theme(library, theme, first.evaluation, Anchor(0, "attendance"), audience="me")
    themes.undo(library, mark)
    shared = b"".join(path.read_bytes() for path in library.files.journals.iterdir())
    assert b"UNHEARD" not in shared
    assert mark.id.encode() not in shared
    assert library.state().themes == {theme: "UNHEARD"}


def test_names_of_themes_are_alphabetical_and_of_two_alike_one_is_refused(library: FolderLibrary) -> None:
    zoo = themes.add_theme(library, "Zoo").id
    elan = themes.add_theme(library, "Élan").id
    themes.add_theme(library, "buses")
    assert [name for _, name in themes.themes_by_name(library)] == ["buses", "Élan", "Zoo"]
    for name in ("elan", "  ", "BUSES"):
        with pytest.raises(NotAllowedError):
            themes.add_theme(library, name)
    with pytest.raises(NotAllowedError):
        themes.rename_theme(library, zoo, "Elan")
    themes.rename_theme(library, elan, "ÉLAN")
    assert dict(themes.themes_by_name(library))[elan] == "ÉLAN"


def test_a_matrix_has_each_setting_once_with_its_summary_its_passages_and_last_years(
    library: FolderLibrary, tmp_path: Path
) -> None:
    first, second = library.providers()[:2]
    theme = themes.add_theme(library, "Getting here").id
    themes.summarise(library, first, "Bus, first thought.", theme=theme)
    (key, *_) = library.places(Wanted(evaluation=first.evaluation, area="attendance", parts=("strengths",)))
    anchor = themes.anchor_in(library.passages([key])[0], 0, 12)
    summary = themes.summarise(library, first, "By bus.", anchor, theme=theme)
    mark = themes.put_theme(library, theme, second.evaluation, anchor, disagrees=True)
    following = council.evaluation("abbey", changed="2027-11-01T10:00:00+00:00")
    following.setting.id = first.provider
    council.receive(library, *council.put(tmp_path / "next", following))
    made = theme_matrix.matrix(library, [(theme, "Getting here"), ("attendance", "Attendance")])
    assert [row.name for row in made.rows] == ["abbey", "abbey", "Élan", "Elm", "Ŵyn", "Zed"]
    assert made.cell(first.evaluation, theme).summary == summary
    assert made.cell(following.id, theme).earlier == summary
    assert made.cell(following.id, theme).summary is None
    assert made.cell(second.evaluation, theme).marks == (mark,)
    assert made.cell(second.evaluation, "attendance").marks == (mark,)
    assert mark.text == DISAGREES


def test_a_mark_is_found_in_the_revision_that_came_later_and_quotes_the_one_that_was_read(
    library: FolderLibrary, tmp_path: Path
) -> None:
    made = council.evaluation("Again")
    made.area("attendance").strengths[0].text = "Pupils come by bus and they come on time every day of the week."
    newer = council.later(made)
    newer.area("attendance").strengths[0].text = "We know this: pupils come by bus and they come on time every day."
    council.receive(library, *council.put(tmp_path / "more", made))
    (read,) = library.providers(Wanted(name="again"))
    keys = library.places(Wanted(evaluation=made.id, area="attendance", parts=("strengths",), field="text"))
    anchor = themes.anchor_in(library.passages(keys)[0], 12, 45)
    theme = themes.add_theme(library, "Buses").id
    mark = themes.put_theme(library, theme, made.id, anchor)
    council.receive(library, *council.put(tmp_path / "later", newer))
    (shown,) = library.providers(Wanted(name="again"))
    assert (read.number, shown.number) == (made.revision, newer.revision)
    finder = themes.PassageFinder(library, council.catalogue())
    quotation = finder.quotation(mark, anchor)
    assert quotation is not None
    assert quotation.words == made.area("attendance").strengths[0].text[12:45] == "by bus and they come on time ever"
    found = finder.now(shown, anchor)
    assert found is not None
    place, start, _ = found
    assert newer.area("attendance").strengths[0].text[start:].startswith("by bus")
    assert place[0] == "strengths"
    with pytest.raises(NotAllowedError):
        themes.anchor_in(library.passages(keys)[0], 5, 5)


def test_a_theme_joined_to_another_gives_it_its_passages_and_summaries_and_can_be_taken_apart(
    library: FolderLibrary,
) -> None:
    first = library.providers()[0]
    one, other = themes.add_theme(library, "Mondays").id, themes.add_theme(library, "Mornings").id
    mark = themes.put_theme(library, one, first.evaluation, Anchor(first.number, "attendance"))
    themes.summarise(library, first, "Late buses.", theme=one)
    themes.summarise(library, first, "Breakfast.", theme=other)
    joined = themes.join_theme(library, one, other)
    state = library.state()
    assert state.themes == {other: "Mornings"}
    assert state.marks[mark.id].to == other
    assert state.summaries[first.evaluation, other].text == "Breakfast."
    assert [line.text for line in state.beside[first.evaluation, other]] == ["Late buses."]
    themes.undo(library, joined)
    assert library.state().themes == {one: "Mondays", other: "Mornings"}
    assert library.state().marks == {mark.id: mark}


def test_two_officers_who_join_two_themes_the_opposite_ways_are_left_with_one() -> None:
    made = [LibraryLine(f"t{n}", "theme", "2026-11-27T10:00:00+00:00", n, "a", text=f"T{n}") for n in (1, 2)]
    ways = [
        LibraryLine("j1", "theme", "2026-11-27T10:00:00+00:00", 3, "a", to="t1", into="t2", text="T2"),
        LibraryLine("j2", "theme", "2026-11-27T10:00:00+00:00", 3, "b", to="t2", into="t1", text="T1"),
    ]
    assert len(fold_library([*made, *ways]).themes) == 1
    assert fold_library([*made, *ways]) == fold_library([*ways, *made])


def test_what_is_taken_away_comes_back_when_that_is_undone(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary]
) -> None:
    theme = themes.add_theme(library, "Mondays").id
    first = library.providers()[0]
    mark = themes.put_theme(library, theme, first.evaluation, Anchor(first.number, "attendance"))
    colleague = opened("colleague")
    council.catch_up(colleague)
    with pytest.raises(NotAllowedError, match="Only whoever made"):
        themes.take_theme_away(colleague, theme)
    away = themes.take_theme_away(library, theme)
    assert not library.state().themes
    assert not library.state().marks
    themes.undo(library, away)
    assert library.state().marks == {mark.id: mark}


def test_a_figure_puts_a_theme_on_and_takes_it_off_again_and_a_name_begins_one(library: FolderLibrary) -> None:
    first = library.providers()[0]
    (key, *_) = library.places(Wanted(evaluation=first.evaluation, area="attendance", parts=("strengths",)))
    (passage,) = library.passages([key])
    lines = themes.put_by_name(library, " Mondays ", passage, 0, 10)
    theme = lines[0].id
    assert [line.to for line in library.state().marks.values()] == [theme]
    assert len(themes.put_by_name(library, "MONDAYS", passage, 3, 10)) == 1, "the name is known"
    themes.turn(library, theme, passage, 0, 10)
    assert len(library.state().marks) == 1
    themes.turn(library, theme, passage, 0, 10)
    assert len(library.state().marks) == 2
    assert themes.themes_on(library)[passage.evaluation, passage.item, passage.field] == ("Mondays",)


def test_words_at_a_break_between_lines_hold_a_note_and_a_theme(library: FolderLibrary) -> None:
    first = library.providers()[0]
    (key, *_) = library.places(Wanted(evaluation=first.evaluation, area="attendance", parts=("strengths",)))
    passage = council.replace(library.passages([key])[0], text="One line.\nThe words.\n\nAnother line.")
    anchor = themes.anchor_in(passage, 10, 20)
    assert (anchor.quote and (anchor.quote.exact, anchor.quote.prefix, anchor.quote.suffix)) == ("The words.", "", "")
    mark = themes.put_theme(library, themes.add_theme(library, "Lines").id, first.evaluation, anchor)
    note = of_library.note(library, first.evaluation, "question", "Which?", anchor, audience="provider")
    assert mark.id in library.state().marks
    assert library.lines(first.evaluation) == [note]


def test_a_line_that_could_not_be_read_again_is_refused_before_it_is_acknowledged(library: FolderLibrary) -> None:
    before = library.files.journal.read_bytes()
    with pytest.raises(NotWrittenError, match="not written"):
        library.write([council.question(library, library.providers()[0].evaluation, role="Two\nlines")])
    assert library.files.journal.read_bytes() == before
