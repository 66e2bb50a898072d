"""The main journeys by keyboard and screen reader alone, from outside the program: what Orca would say of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths
from apq_desktop.evaluation.rules.outgoing_copy import Include, Sending, copy_to_send
from apq_desktop.services.exports.formats import ExportContent, write_pdf
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.loader import load
from tests.documents import type_reply
from tests.screen_reader.virtual_screen import SCREEN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.screen_reader.at_spi import Node, Reader
    from tests.screen_reader.conftest import Listen

pytestmark = pytest.mark.long
TABS = ["Overview", "Community", "Curriculum", "Currency", "Action plan", "Evidence", "Other pages"]
"""The last is never seen: it is the one that is selected while a page without a tab is in view."""


def begin(listen: Listen, file: Path) -> Reader:
    """Open a file, up to where its first page has the keyboard."""
    reader = listen(file)
    reader.part("page tab list", "Overview")
    return reader


def in_order(reader: Reader, *names: str) -> None:
    """Whether these are read one after another, with others between."""
    heard, place = reader.reads(), 0
    for name in names:
        assert name in heard[place:], f"{name!r} is not after {heard[:place][-1:]}"
        place = heard.index(name, place) + 1


def test_first_start(listen: Listen) -> None:
    reader = listen()
    left, top, width, height = reader.parts("frame")[0].place()
    assert (left + width <= SCREEN[0], top + height <= SCREEN[1]) == (True, True), "the first window fits the screen"
    name = reader.is_at("Name of your setting")
    assert name.role == "text"
    assert {"focused", "editable", "sensitive"} <= name.states
    in_order(
        reader,
        "Welcome to APQ Desktop",
        "Name of your setting",
        "For which council, school or trust",
        "Start",
        "Look at the example",
    )
    reader.write("The Lodge")
    reader.wait(lambda: name.text() == "The Lodge", "the name is not in its field")
    reader.tab_to("For which council, school or trust")
    reader.write("Northshire Council")
    assert reader.tab_to("Start").role == "push button"
    reader.press("Return")
    reader.hears("Making your file…")
    reader.wait(lambda: reader.parts("frame")[0].name.startswith("The Lodge, "), "the window is not named")
    first = "Notes on question 1.1: Do you have a well thought-out programme"
    reader.wait(lambda: reader.focus().name.startswith(first), "the first field has not the keyboard")
    tabs = reader.part("page tab list", "Community")
    assert [tab.name for tab in tabs.children() if "showing" in tab.states] == TABS
    assert [tab.name for tab in tabs.children() if "selected" in tab.states] == ["Community"]


def test_write(listen: Listen, example: Path) -> None:
    reader = begin(listen, example)
    question = "Notes on question 1.1: Do you have a well thought-out programme"
    reader.press("Ctrl+2")
    reader.part("filler", "1. Workforce development and wellbeing")
    reader.tab_to("Open the guidance for Workforce development and wellbeing")
    reader.press("Tab")
    line = "Questions to think about"
    reader.wait(lambda: reader.focus().name.startswith(line), "no line that unfolds the questions")
    assert reader.focus().name.endswith(", closed")
    reader.press("Return")
    reader.wait(lambda: reader.focus().name.endswith(", open"), "it is not said that they are unfolded")
    reader.press("Tab")
    field = reader.wait(
        lambda: reader.focus() if reader.focus().name.startswith(question) else None, "no notes on the first question"
    )
    assert {"editable", "multi line", "focused"} <= field.states
    reader.press("Ctrl+a")
    reader.write("One")
    reader.press("Return", times=2)
    reader.write("Two")
    reader.press("Return")
    reader.wait(lambda: field.text() == "One\n\nTwo\n", "the lines are not in the field")
    lines = {place: field.line(place).rstrip("\n") for place in (0, 4, 5, field.caret())}
    assert lines == {0: "One", 4: "", 5: "Two", 9: ""}, "an empty line is read as empty"
    reader.press("Up", times=2)
    reader.wait(lambda: field.caret() == 4, "the caret does not go up")
    assert field.line(field.caret()).rstrip("\n") == ""
    reader.press("Ctrl+s")
    reader.hears("Saved")


def test_list_edits(listen: Listen, example: Path) -> None:
    reader = begin(listen, example)
    reader.press("Ctrl+2")
    reader.part("filler", "1. Workforce development and wellbeing")
    reader.push("Add a strength")
    assert reader.is_at("Strength 4").role == "text"
    reader.write("Staff stay with us")
    reader.wait(lambda: reader.focus().text() == "Staff stay with us", "a letter is lost")
    reader.press("Ctrl+Up")
    reader.hears("Strength 3 of 4")
    reader.is_at("Strength 3")
    in_order(reader, "Strength 2", "Strength 3", "Menu of strength 3", "Strength 4", "Add a strength")
    reader.push("Menu of strength 3")
    reader.press("Up")  # from the first item round to the last, which removes
    reader.press("Return")
    reader.hears("Strength removed.")
    reader.is_at("Strength 2")
    reader.press("Ctrl+z")
    reader.hears("Undone: ")
    assert reader.is_at("Strength 3").text() == "Staff stay with us"


def test_does_not_apply(listen: Listen, example: Path) -> None:
    reader = begin(listen, example)
    reader.press("Ctrl+2")
    reader.part("filler", "1. Workforce development and wellbeing")
    box = reader.tab_to("This area does not apply to us", keys="Shift+Tab")
    assert "checked" not in box.states
    reader.press("Space")
    reason = reader.is_at("Why does it not apply?")
    assert {"editable", "multi line"} <= reason.states
    assert "checked" in reader.part("check box", "This area does not apply to us").states
    reader.write("We teach no one of that age")
    reader.wait(lambda: reason.text() == "We teach no one of that age", "the reason is not in its field")


def cells(table: Node) -> list[str]:
    return [node.name for node in table.walk() if node.role == "cell"]


def test_action_plan(listen: Listen, example: Path) -> None:
    reader = begin(listen, example)
    reader.press("Ctrl+5")
    table = reader.part("table", "Actions")
    heads = [node.name for node in table.walk() if node.role == "column header"]
    assert heads[:2] == ["Area", "Action"]
    assert {"Who", "By when", "Progress"} <= set(heads)
    assert table.get("Table", "NColumns") == len(heads)
    assert cells(table)
    in_order(reader, "Action plan", "Add an action", "Find in actions", "Actions", "How we will know")
    reader.tab_to("Order")
    reader.press("Tab")
    reader.wait(lambda: reader.focus().name.startswith("Action: "), "the cell in hand is not told")
    reader.press("Right")
    reader.wait(lambda: reader.focus().name.startswith("By when: "), "the date is not told")
    reader.press("F2")
    assert reader.is_at("By when").role == "text"
    reader.press("Ctrl+a")
    reader.write("1/3/27")
    reader.press("Return")
    reader.wait(lambda: reader.focus().name == "By when: 1 March 2027", "the new date is not told")


def test_evidence(listen: Listen, example: Path) -> None:
    reader = begin(listen, example)
    reader.press("Ctrl+6")
    table = reader.part("table", "Sources of evidence")
    assert any(name.startswith("Where it is kept: ") for name in cells(table))
    in_order(reader, "Evidence", "Add a source of evidence", "Find in evidence", "Sources of evidence", "Cited in")
    reader.push("Add a source of evidence")
    field = reader.is_at("Source of evidence")
    assert "editable" in field.states
    reader.write("Survey of families")
    reader.wait(lambda: field.text() == "Survey of families", "the words are not in the field")


def test_check_and_send(listen: Listen, example: Path) -> None:
    reader = begin(listen, example)
    reader.press("Ctrl+Return")
    reader.is_at("Back to the evaluation")
    in_order(reader, "Worth a look", "For whom", "What goes in", "Make the pack")
    assert "checked" in reader.part("check box", "Northshire Council").states
    reader.push("Make the pack")
    reader.hears("Making the pack. ")
    reader.hears("The pack is made.")
    reader.is_at("Open the folder")
    reader.press("Escape")
    reader.part("page tab list", "Overview")


@pytest.fixture
def reply(example: Path) -> Path:
    """The pack of the example as it was sent, with a council's words typed into it."""
    catalogue, wanted = load(paths.forms()), Include(reply=True)
    with Workspace.open(example) as workspace:
        evaluation = workspace.read(workspace.evaluations()[0].id)
        content = ExportContent(copy_to_send(evaluation, wanted), catalogue, wanted)
        pack = write_pdf(content)
        sent = Sending("s1", evaluation.id, evaluation.revision, "", "2026-11-25T09:30:00+00:00", content.code)
        workspace.note_sent([(sent, pack)], [], datetime(2026, 11, 25, 9, 30, tzinfo=UTC))
    path = example.with_name("sent.pdf")
    path.write_bytes(pack)
    return type_reply.by_pdfium_appended(path, type_reply.TYPED, example.with_name("filled.pdf"))


def test_open_a_reply(listen: Listen, example: Path, reply: Path) -> None:
    reader = begin(listen, example)
    reader.press("Ctrl+o")
    reader.part("dialog", "Open a file")
    reader.is_at("File name:")
    reader.write(str(reply))
    reader.press("Return")
    reader.wait(lambda: not reader.parts("dialog"), "the dialog stays open")
    reader.take_the_keyboard()
    reader.hears("This is a reply; 8 notes of it are in the file now.")
    reader.wait(lambda: reader.focus().role == "list item", "the row in hand is not told")
    in_order(reader, "What came back, by whose turn it is", "Which schools were slow?\nPlease name the months.")


def test_find(listen: Listen, example: Path) -> None:
    reader = begin(listen, example)
    reader.press("Ctrl+3")
    reader.is_at("Curriculum")
    reader.press("Ctrl+k")
    assert reader.wait(lambda: reader.focus() if reader.focus().role == "text" else None, "no field to find").states
    reader.write("mentor")
    reader.hears(r"\d+ found")
    reader.press("Down")
    reader.hears(".*[.] Guidance, ")
    reader.press("Escape")
    reader.is_at("Curriculum")
