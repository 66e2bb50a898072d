"""One area across providers: side by side or as a list, the words looked for marked, nothing counted or ranked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest

from apq_desktop.library.collection import Wanted
from apq_desktop.services.locality import themes
from apq_desktop.ui.pages.library.locality.passage_model import PAGE
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from apq_desktop.ui.widgets.text_labels import PlainLabel
from tests.library import council
from tests.ui.council_window import new_library, one_read, read, receive, select, shown
from tests.ui.keyboard import press
from tests.ui.screens import LOOKS, faults, settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.widgets.theme import Scheme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
ORDER = ["abbey", "Élan", "Elm", "Ŵyn", "Zed"]


def across(window: MainWindow, qtbot: QtBot, area: str = "attendance") -> Any:
    """The page of one area, as the menu shows it."""
    window.menus.actions["area"].trigger()
    page = shown(window).page("area")
    page.choose_area(area)
    qtbot.waitUntil(lambda: bool(heads(page)) if area else page.list.passages.rowCount() > 0)
    settle()
    return page


def heads(page: Any) -> list[str]:
    return [head.name.text() for head in page.columns._heads if not head.isHidden()]


def texts(page: Any) -> list[str]:
    return [text.toPlainText() for text in page.columns.texts if not text.isHidden()]


def test_settings_stand_side_by_side_in_alphabetical_order_with_the_way_to_the_others(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start", size=(1366, 768))
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", *map(council.evaluation, council.NAMES)))
    page = across(window, qtbot)
    room = page.columns.room()
    assert 1 < room < len(ORDER)
    assert heads(page) == ORDER[:room]
    assert page.columns.where.text() == f"abbey to {ORDER[room - 1]}. Next: {ORDER[room]}"
    assert not page.columns.earlier.isEnabled()
    page.columns.later.click()
    qtbot.waitUntil(lambda: heads(page) == ORDER[room : 2 * room])
    page.columns.earlier.click()
    qtbot.waitUntil(lambda: heads(page) == ORDER[:room])


def test_words_are_marked_whatever_accents_are_typed_and_leave_those_who_use_them(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    made = [council.evaluation(name) for name in council.NAMES]
    made[0].area("attendance").strengths[0].text = "A ŵyl for families, each Gŵyl Dewi."
    receive(window, qtbot, *council.put(tmp_path / "inbox", *made))
    page = across(window, qtbot)
    page.filters.words.setFocus()
    QTest.keyClicks(page.filters.words, "WYL")
    qtbot.waitUntil(lambda: heads(page) == ["Zed"])
    (read,) = (one for one in page.columns.texts[0]._read if one.spans)
    assert [read.passage.text[first:last] for first, last in read.spans] == ["ŵyl"]
    marked = page.columns.texts[0].document().find("ŵyl").charFormat()
    assert marked.background().style() != Qt.BrushStyle.NoBrush
    page.filters.only.click()
    qtbot.waitUntil(lambda: heads(page)[0] == "abbey")
    page.filters.only.click()
    page.filters.layout_of.load("list")
    page.filters.layout_of.changed.emit("list")
    qtbot.waitUntil(lambda: [row.read.passage.text for row in page.list.passages.rows] == [read.passage.text])


def test_an_earlier_revision_is_read_on_request_and_a_passage_is_read_where_it_stands(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    elm = council.evaluation("Elm")
    newer = council.later(elm)
    newer.area("attendance").strengths[0].text = "Quite another beginning."
    receive(window, qtbot, *council.put(tmp_path / "inbox", elm, newer))
    page = across(window, qtbot)
    head, text = page.columns._heads[0], page.columns.texts[0]
    assert "Quite another beginning." in text.toPlainText()
    head.revision.setCurrentIndex(head.revision.findText(f"Revision {elm.revision}"))
    head.revision.activated.emit(head.revision.currentIndex())
    qtbot.waitUntil(lambda: elm.area("attendance").strengths[0].text in text.toPlainText())
    cursor = text.document().find(elm.area("attendance").strengths[1].text[:20])
    text.setTextCursor(cursor)
    text.setFocus()
    press(Qt.Key.Key_Return)
    provider = shown(window).page("provider")
    qtbot.waitUntil(lambda: provider.reading is not None)
    settle()
    assert provider.isVisible()
    assert provider.reading.revision.number == elm.revision
    at = provider.body.text.textCursor().position()
    place = ("strengths", elm.area("attendance").strengths[1].id, "text")
    assert at == provider.body.text.position_of(place, 0)
    press(Qt.Key.Key_Escape)
    assert page.isVisible()


@pytest.mark.parametrize("part", ["development_areas", "actions", "support"])
def test_all_of_a_kind_stands_in_one_list_that_is_read_page_by_page(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, part: str
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    council.put(tmp_path / "inbox", *(council.evaluation(f"{letter} {n}") for letter in "ÁBC" for n in range(5)))
    receive(window, qtbot, tmp_path / "inbox")
    page = across(window, qtbot, "")
    page.filters.part.load(part)
    page.filters.part.changed.emit(part)
    model = page.list.passages
    qtbot.waitUntil(lambda: bool(model.rows) and {row.read.passage.part for row in model.rows} == {PARTS[part]})
    assert len(model.keys) > len(ORDER)
    assert model.rowCount() <= PAGE
    page.list.setFocus()
    while model.rowCount() < len(model.keys):
        with qtbot.waitSignal(model.rowsInserted):
            press(Qt.Key.Key_End)
    names = [row.read.passage.name for row in model.rows if row.begins]
    assert names == sorted(names, key=lambda name: name.replace("Á", "A"))
    assert len(names) == 15
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole).startswith("Á 0, ")
    page.filters.begin.setCurrentIndex(page.filters.begin.findText("C"))
    page.filters.begin.activated.emit(page.filters.begin.currentIndex())
    qtbot.waitUntil(lambda: bool(model.rows) and model.rows[0].read.passage.name == "C 0")


PARTS = {"development_areas": "development_areas", "actions": "actions", "support": "area"}


def marks(window: MainWindow) -> list[tuple[str, str]]:
    """What themes are on, as the library has it: the name of a theme, and the words."""
    found: list[list[tuple[str, str]]] = []

    def work(library: Any) -> list[tuple[str, str]]:
        state = library.state()
        return [(state.themes[line.to], line.anchors[0].quote.exact) for line in state.marks.values()]

    window.libraries.run(work, found.append)
    while not found:
        settle()
    return found[0]


def test_themes_are_put_on_words_by_a_typed_name_and_by_keys_and_undone(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    elm = council.evaluation("Elm")
    receive(window, qtbot, *council.put(tmp_path / "inbox", elm))
    page = across(window, qtbot)
    text, words = page.columns.texts[0], elm.area("attendance").strengths[0].text[2:20]
    text.setFocus()
    text.setTextCursor(text.document().find(words))
    press(Qt.Key.Key_T)
    QTest.keyClicks(page.themes.name, "Getting here")
    with qtbot.waitSignal(page.themes.done):
        press(Qt.Key.Key_Return)
    assert marks(window) == [("Getting here", words.strip())]
    assert text.hasFocus(), "back to the words"
    qtbot.waitUntil(lambda: "Themes: Getting here" in text.toPlainText())
    text.setTextCursor(text.document().find(elm.area("attendance").strengths[1].text[:12]))
    with qtbot.waitSignal(page.themes.done):
        press(Qt.Key.Key_1)
    assert len(marks(window)) == 2
    with qtbot.waitSignal(page.themes.done):
        press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(marks(window)) == 1
    page.filters.layout_of.load("list")
    page.filters.layout_of.changed.emit("list")
    qtbot.waitUntil(lambda: page.list.passages.rowCount() > 1)
    page.list.setFocus()
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(page.themes.done):
        press(Qt.Key.Key_1)
    row = page.list.chosen()
    assert ("Getting here", row.read.passage.text) in marks(window)
    qtbot.waitUntil(lambda: page.list.chosen().read.themes == ("Getting here",))


def test_a_theme_is_put_on_selected_words_while_one_provider_is_read(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, page, elm = one_read(open_window, qtbot, tmp_path)
    support = elm.area("home-family").support[:30].strip()
    select(page, support)
    press(Qt.Key.Key_T)
    QTest.keyClicks(page.themes.name, "Families")
    with qtbot.waitSignal(page.themes.done):
        press(Qt.Key.Key_Return)
    assert marks(window) == [("Families", support)]
    assert page.body.text.hasFocus()
    with qtbot.waitSignal(page.themes.done):
        press(Qt.Key.Key_1)
    assert marks(window) == [], "the same figure takes it off again"


def under_lines(page: Any) -> list[tuple[str, QTextCharFormat.UnderlineStyle]]:
    """The words that are marked while one provider is read, and how."""
    return [(one.cursor.selectedText(), one.format.underlineStyle()) for one in page.body.text.extraSelections()]


def test_words_with_a_theme_are_marked_while_one_provider_is_read_and_named_below(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    made = [council.evaluation("Elm"), council.evaluation("Oak")]
    receive(window, qtbot, *council.put(tmp_path / "inbox", *made))
    with_themes(window, qtbot, "Getting here", "Mornings")
    page = read(window, qtbot, made[0].id)
    words = made[0].area("attendance").strengths[0].text
    dashes = QTextCharFormat.UnderlineStyle.DashUnderline
    assert under_lines(page) == [(words[:20], dashes)] * 2
    assert "Themes: Getting here, Mornings" in page.body.text.toPlainText()
    assert [button.text() for button in page.bar._themes[:3]] == ["1  Getting here", "2  Mornings", ""]
    select(page, words[25:40])
    for key, count in ((Qt.Key.Key_2, 3), (Qt.Key.Key_1, 4)):
        with qtbot.waitSignal(page.themes.done):
            press(key)
        qtbot.waitUntil(partial(_are_marked, page, count))
        assert page.body.text.textCursor().selectedText() == words[25:40], "the next figure is for the same words"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(partial(_are_marked, page, 3))
    assert (words[25:40].strip(), dashes) in under_lines(page)


def _are_marked(page: Any, count: int) -> bool:
    return len(under_lines(page)) == count


def with_themes(window: MainWindow, qtbot: QtBot, *names: str) -> None:
    """Themes of these names, each on the first words that each setting wrote about attendance."""

    def work(library: Any) -> None:
        for name in names:
            theme = themes.add_theme(library, name).id
            for one in library.providers():
                of = Wanted(evaluation=one.evaluation, number=one.number, area="attendance", parts=("strengths",))
                passage = library.passages(library.places(of))[0]
                themes.put_theme(library, theme, one.evaluation, themes.anchor_in(passage, 0, 20))

    with qtbot.waitSignal(window.libraries.changed):
        window.libraries.write(work)


def matrix(window: MainWindow, qtbot: QtBot) -> Any:
    window.menus.actions["themes"].trigger()
    page = shown(window).page("themes")
    qtbot.waitUntil(lambda: page.table.cells.columnCount() > 1)
    settle()
    return page


def summary(window: MainWindow, qtbot: QtBot) -> list[str]:
    """What is summed up, as the library has it."""
    found: list[list[str]] = []
    window.libraries.run(lambda library: [line.text for line in library.state().summaries.values()], found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


@pytest.mark.parametrize("way", ["a pause", "another cell", "another page", "closing the library"])
def test_a_summary_is_kept_however_one_leaves_its_cell(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", *map(council.evaluation, ("Elm", "Zed"))))
    with_themes(window, qtbot, "Mornings", "Getting here")
    page = matrix(window, qtbot)
    page.table.choose(1, 2)
    page.table.setFocus()
    press(Qt.Key.Key_Return)
    QTest.keyClicks(page.pane.text, "By bus.")
    assert page.pane.title.text() == "Zed, Getting here"
    if way == "a pause":
        with qtbot.waitSignal(page.pane.text.kept):
            pass
        qtbot.waitUntil(lambda: page.table.cells.words(page.table.cells.index(1, 2)) == ("By bus.", True))
    elif way == "another cell":
        page.table.choose(0, 1)
        qtbot.waitUntil(lambda: page.table.cells.words(page.table.cells.index(1, 2)) == ("By bus.", True))
        assert page.pane.text.value() == ""
    elif way == "another page":
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Escape)
        assert shown(window).page("providers").isVisible()
    else:
        window.menus.actions["close_library"].trigger()
        with qtbot.waitSignal(window.libraries.opened):
            window.libraries.open(str(tmp_path / "Northshire"))
    assert summary(window, qtbot) == ["By bus."]


def test_a_cell_shows_the_words_that_it_rests_on_and_last_years_summary_and_leads_to_them(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    before, now = council.evaluation("Elm"), council.evaluation("Elm", changed="2027-11-01T10:00:00+00:00")
    now.setting.id = before.setting.id
    receive(window, qtbot, *council.put(tmp_path / "inbox", before, now))
    with_themes(window, qtbot, "Mornings")

    def sum_up(library: Any) -> None:
        (one,) = (one for one in library.providers() if one.evaluation == before.id)
        (theme,) = library.state().themes
        themes.summarise(library, one, "Weak on Mondays.", theme=theme)

    with qtbot.waitSignal(window.libraries.changed):
        window.libraries.write(sum_up)
    page = matrix(window, qtbot)
    rows = [row.evaluation for row in page.table.cells.matrix.rows]
    page.table.choose(rows.index(now.id), 1)
    settle()
    assert page.pane.earlier.text() == "The year before: Weak on Mondays."
    words = now.area("attendance").strengths[0].text[:20]
    assert f"“{words}”" in [label.text() for label in page.pane._rests.findChildren(PlainLabel)]
    link = next(one for one in page.pane._rests.findChildren(LinkButton) if one.text() == "Read in place")
    link.click()
    provider = shown(window).page("provider")
    qtbot.waitUntil(lambda: provider.reading is not None)
    settle()
    place = ("strengths", now.area("attendance").strengths[0].id, "text")
    assert provider.body.text.textCursor().position() == provider.body.text.position_of(place, 0)
    press(Qt.Key.Key_Escape)
    assert page.isVisible()


def test_a_themes_passages_stand_in_context_and_it_is_renamed_joined_taken_away_and_that_undone(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", *map(council.evaluation, council.NAMES)))
    with_themes(window, qtbot, "Mondays", "Mornings")
    matrix(window, qtbot).each.findChildren(LinkButton)[0].click()
    page = shown(window).page("theme")
    qtbot.waitUntil(lambda: page.list.passages.rowCount() == len(ORDER))
    found = [row.read for row in page.list.passages.rows]
    assert [one.passage.name for one in found] == ORDER
    for one in found:
        ((first, last),) = one.spans
        assert one.passage.text[first:last] == one.passage.text[:20].strip()
    page.name.setText("First lessons")
    with qtbot.waitSignal(window.libraries.changed):
        page.rename.click()
    qtbot.waitUntil(lambda: page.heading.text() == "First lessons")
    with qtbot.waitSignal(window.libraries.changed):
        page.join.click()
    qtbot.waitUntil(lambda: shown(window).page("themes").isVisible())
    assert {name for name, _ in marks(window)} == {"Mornings"}
    assert len(marks(window)) == 2 * len(ORDER)
    with qtbot.waitSignal(window.libraries.changed):
        window.notification_bar.way.click()
    assert {name for name, _ in marks(window)} == {"First lessons", "Mornings"}


def test_what_a_colleague_writes_appears_and_overwrites_nothing(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", council.evaluation("Elm")))
    with_themes(window, qtbot, "Mornings")
    page = matrix(window, qtbot)
    assert page.table.hasFocus()
    page.table.choose(0, 1)
    press(Qt.Key.Key_Return)
    QTest.keyClicks(page.pane.text, "By bus.")
    with qtbot.waitSignal(page.pane.text.kept):
        press(Qt.Key.Key_Escape)
    colleague = council.officer(tmp_path / "Northshire", tmp_path / "colleague")
    council.catch_up(colleague)
    (theme,) = colleague.state().themes
    themes.summarise(colleague, colleague.providers()[0], "By taxi.", theme=theme)
    themes.add_theme(colleague, "Lunch")
    colleague.close()
    window.libraries.look_for_news()
    qtbot.waitUntil(lambda: page.table.cells.columnCount() == 3)
    page.table.choose(0, 1)
    qtbot.waitUntil(lambda: page.pane.text.value() == "By taxi.")
    assert "By bus." in page.pane.beside.text()


def report(window: MainWindow, qtbot: QtBot) -> Any:
    window.menus.actions["report"].trigger()
    page = shown(window).page("report")
    qtbot.waitUntil(lambda: page._draft is not None)
    settle()
    return page


def test_a_report_without_names_is_made_when_each_doubtful_text_was_looked_at_and_shortened(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    naming = council.evaluation("Kestrel Yard")
    text = "Kestrel Yard rings families, and Anna Smith visits."
    naming.area("attendance").strengths[0].text = text
    receive(window, qtbot, *council.put(tmp_path / "inbox", naming))

    def put(library: Any) -> None:
        (one,) = library.providers()
        of = Wanted(evaluation=one.evaluation, area="attendance", parts=("strengths",))
        themes.put_by_name(library, "Calls", library.passages(library.places(of))[0], 0, len(text))
        themes.summarise(library, one, "Unvergleichlich geheim", area="attendance", audience="me")

    with qtbot.waitSignal(window.libraries.changed):
        window.libraries.write(put)
    page = report(window, qtbot)
    assert page.goes_in.text().endswith("for yourself alone is left out. It is about: Kestrel Yard.")
    QTest.keyClicks(page.introduction, "What we read.")
    page.names.load("unnamed")
    page.names.changed.emit("unnamed")
    qtbot.waitUntil(lambda: len(page.doubtful.fields) == 1)
    assert not page.make.isEnabled()
    field = page.doubtful.fields[0]
    field.setPlainText("Somebody rings families.")
    field.keep_now()
    settle()
    assert not field.is_kept, "nothing but leaving out is taken"
    field.setPlainText("[…] rings families […] visits.")
    with qtbot.waitSignal(field.kept):
        field.keep_now()
    page.doubtful.looked_at.click()
    qtbot.waitUntil(page.make.isEnabled)
    monkeypatch.setattr(Dialogs, "choose_folder", lambda *_: tmp_path / "out")
    page.make.click()
    qtbot.waitUntil((tmp_path / "out" / "library-report.docx").exists)
    qtbot.waitUntil(page.make.isEnabled)
    written = (tmp_path / "out" / "library-report.html").read_text("utf-8")
    assert "[…] rings families […] visits." in written
    assert "What we read." in written
    assert not any(name in written for name in ("Anna", "Kestrel", "geheim"))
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".pdf", ".html", ".docx"}


@pytest.mark.parametrize("way", ["a pause", "another subject", "closing the library"])
def test_an_introduction_is_kept_however_one_leaves_it(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", council.evaluation("Elm")))
    with_themes(window, qtbot, "Mornings")
    page = report(window, qtbot)
    page.introduction.setFocus()
    QTest.keyClicks(page.introduction, "We read them all.")
    if way == "a pause":
        with qtbot.waitSignal(page.introduction.kept):
            pass
    elif way == "another subject":
        page.subject.setCurrentIndex(page.subject.findText("Theme: Mornings"))
        page.subject.activated.emit(page.subject.currentIndex())
        qtbot.waitUntil(lambda: page.introduction.value() == "")
        assert page.title.value() == "Theme: Mornings"
        page.title.load("\u200b")  # which nobody can see, and is no title
        assert page._request().title == "Theme: Mornings"
    else:
        window.menus.actions["close_library"].trigger()
        with qtbot.waitSignal(window.libraries.opened):
            window.libraries.open(str(tmp_path / "Northshire"))
    assert summary(window, qtbot) == ["We read them all."]


def test_tables_are_taken_out_from_the_window(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window("start")
    new_library(window, tmp_path / "Northshire", qtbot)
    receive(window, qtbot, *council.put(tmp_path / "inbox", council.evaluation("Elm")))
    page = shown(window).show_page("report")
    for box in page.kinds.values():
        box.load(True)
    monkeypatch.setattr(Dialogs, "choose_folder", lambda *_: tmp_path / "out")
    page.take_out.click()
    ends = {".xlsx", ".csv", ".qdpx", ".ics", ".json"}
    qtbot.waitUntil(lambda: ends == {path.suffix for path in (tmp_path / "out").glob("*")})
    qtbot.waitUntil(page.take_out.isEnabled)


@pytest.mark.parametrize(("scheme", "percent", "size"), LOOKS)
def test_every_screen_of_a_locality_is_for_everyone(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    window = open_window("start", scheme=scheme, percent=percent, size=size)
    new_library(window, tmp_path / "Northshire", qtbot)
    elm = council.evaluation("Elm")
    elm.area("attendance").strengths[0].text = "Anna Smith rings all families by nine, for pupils come by bus."
    receive(window, qtbot, *council.put(tmp_path / "inbox", elm, council.later(elm), council.evaluation("Zed")))
    found = {}
    page = across(window, qtbot)
    found["columns"] = faults(window)
    page.filters.more.unfold()
    page.filters.words.setText("pupils")
    qtbot.waitUntil(lambda: any(one.spans for one in page.columns.texts[0]._read))
    found["columns with words"] = faults(window)
    across(window, qtbot, "")
    found["list"] = faults(window)
    page = shown(window).show_page("themes")
    qtbot.waitUntil(lambda: not page.said.isHidden())
    found["no themes"] = faults(window)
    with_themes(window, qtbot, "Mornings", "Families’ working hours", "Getting here", "First days")
    page = matrix(window, qtbot)
    found["matrix"] = faults(window)
    page.each.findChildren(LinkButton)[0].click()
    qtbot.waitUntil(lambda: shown(window).page("theme").list.passages.rowCount() > 0)
    shown(window).page("theme").more.unfold()
    found["theme"] = faults(window)
    page = report(window, qtbot)
    found["report"] = faults(window)
    page.names.load("unnamed")
    page.names.changed.emit("unnamed")
    qtbot.waitUntil(lambda: bool(page.doubtful.fields))
    found["report without names"] = faults(window)
    wrong = [f"{screen}: {fault}" for screen, there in found.items() for fault in there]
    assert not wrong, "\n".join(wrong)
    assert window.size().toTuple() == size
