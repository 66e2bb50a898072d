"""Two years of one provider, by keyboard alone: written, sent, progressed, begun anew, compared, sent again."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit

from apq_desktop import services
from apq_desktop.__main__ import main
from apq_desktop.ui.fields.marks.carried_forward_mark import CARRIED
from tests.ui.keyboard import CONTROL, Keyboard
from tests.ui.shown_text import shown_text

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
KEY = Qt.Key
FIRST_YEAR = {
    "strength": "Every new pupil has a key worker from the first day",
    "need": "Few parents come to reviews",
    "evidence": "Attendance at reviews, autumn",
    "action": "Hold reviews in the evening",
    "who": "Head of centre",
    "measure": "Half of the parents come",
    "start": "3 of 20 came",
    "second": "Schools ring us first",
    "reason": "Nobody here is in year 11",
}
NOTE = "We meet each school before a placement"
ADDED = {"now": "9 of 20 came", "strength": "Reviews are held at home as well", "action": "Ask parents what would help"}


class Year:
    """A provider at work in one window, with a keyboard."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot, self.keys = window, qtbot, Keyboard()

    def to_tab(self, title: str) -> None:
        """Walk along the tabs, wherever the focus is."""
        keys = self.keys
        keys.press(KEY.Key_Escape)
        keys.tab_to("Parts of the evaluation")
        keys.press(KEY.Key_Home)
        assert self.window.view is not None
        tabs = self.window.view.tabs
        for _ in range(tabs.count()):
            if tabs.tabText(tabs.currentIndex()) == title:
                return
            keys.press(KEY.Key_Right)
        raise AssertionError(title)

    def to_area(self, tab: str, down: int) -> None:
        self.to_tab(tab)
        self.keys.tab_to(f"Areas of {tab}")
        self.keys.press(KEY.Key_Home)
        self.keys.press(KEY.Key_Down, times=down)

    def send(self, *, with_notes: bool = False) -> dict[str, Any]:
        """Make the pack. Returns its data."""
        assert self.window.session is not None
        revision = self.window.session.evaluation.revision
        self.keys.press(KEY.Key_Return, CONTROL)
        if with_notes:
            self.keys.push("Notes on the questions")
        self.keys.push("Make the pack")
        self.qtbot.waitUntil(lambda: self.revision() == revision + 1)
        assert self.window.view is not None
        page = self.window.view.sending
        assert page is not None
        self.qtbot.waitUntil(page.pack.make.isEnabled)
        newest = max(page.pack.folder.glob("*.json"), key=_age)
        document: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
        return document

    def revision(self) -> int:
        assert self.window.session is not None
        return self.window.session.evaluation.revision


def words_of(pdf: Path) -> str:
    shown = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(shown.split())


@pytest.mark.long
def test_two_years_of_one_provider_by_keyboard_alone(
    open_window: OpenWindow, qtbot: QtBot, catalogue: Catalogue, tmp_path: Path
) -> None:
    window = open_window("start")
    year, keys = Year(window, qtbot), Keyboard()
    keys.type("The Lodge")
    keys.press(KEY.Key_Tab)
    keys.type("Northshire Council")
    with qtbot.waitSignal(window.evaluation_shown):
        keys.press(KEY.Key_Return)

    _write_first_year(year)
    first = year.send(with_notes=True)
    _read_back(window, catalogue, first, tmp_path / "read back.apq")
    assert [action["what"] for action in first["actions"]] == [FIRST_YEAR["action"]]
    assert (first["revision"], first["period"]) == (1, "September 2026 to July 2027")

    _progress_the_action(year)
    keys.menu(KEY.Key_U, KEY.Key_N)
    with qtbot.waitSignal(window.evaluation_shown):
        keys.push("Start the next year")
    assert window.session is not None
    following = window.session.evaluation
    assert following.supersedes == first["id"]
    assert following.period == "September 2027 to July 2028"

    _write_second_year(year)
    _compare(year)
    second = year.send()
    assert (second["revision"], second["supersedes"]) == (1, first["id"])

    _find_everything(window, catalogue, second)
    _go_back_to_the_first_year(year, first["id"])
    keys.menu(KEY.Key_F, KEY.Key_Q)
    assert not window.isVisible()
    again = open_window(tmp_path / "APQ Desktop" / "The Lodge.apq")
    assert again.session is not None
    headings = {heading.id for heading in again._files.headings()}
    assert headings == {first["id"], second["id"]}


def _find_everything(window: MainWindow, catalogue: Catalogue, second: dict[str, Any]) -> None:
    """All words of both years are in window, JSON and PDF; what was carried is marked; the old pack stays as it was."""
    assert window.view is not None
    sent = window.view.sending
    assert sent is not None
    old, new = (words_of(pdf) for pdf in sorted(sent.pack.folder.glob("*.pdf"), key=_age))
    shown, data = shown_text(window, catalogue), json.dumps(second, ensure_ascii=False)
    window.view.plan.show_action(second["actions"][0]["id"])
    shown += "\n".join(field.toPlainText() for field in window.view.plan.findChildren(QTextEdit))
    for words in (*FIRST_YEAR.values(), *ADDED.values()):
        assert words in data
        assert words in new
        assert words in shown
        assert (words in old) == (words in FIRST_YEAR.values())
    assert "Under way" in new
    carried = new.count(f"({CARRIED.lower()})")
    assert carried == 6, "two strengths, development area, evidence, and the action in both places; not what is new"
    assert CARRIED.lower() not in old.lower()


def _read_back(window: MainWindow, catalogue: Catalogue, first: dict[str, Any], into: Path) -> None:
    """Read the pack as whoever gets it does, from the PDF alone."""
    assert window.view is not None
    assert window.view.sending is not None
    (pdf,) = window.view.sending.pack.folder.glob("*.pdf")
    assert main(["import", str(pdf), "--into", str(into)]) == 0
    with services.open_workspace(into, catalogue).workspace as workspace:
        there = workspace.read(first["id"])
    assert [entry.text for entry in there.area("partnerships").strengths] == [FIRST_YEAR["second"]]
    assert there.area("partnerships").note("3.1").note == NOTE
    assert (there.area("post-16").applies, there.area("post-16").reason) == (False, FIRST_YEAR["reason"])
    assert [(one.what, one.by_when) for one in there.actions] == [(FIRST_YEAR["action"], "2027-03-15")]


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns


def _write_first_year(year: Year) -> None:
    keys = year.keys
    keys.press(KEY.Key_1, CONTROL)
    keys.push("Change details")
    keys.fill("Period it looks at", "September 2026 to July 2027")
    year.to_area("Community", 1)
    keys.push("Add a strength")
    keys.type(FIRST_YEAR["strength"])
    keys.push("Add a development area")
    keys.type(FIRST_YEAR["need"])
    keys.push("Add a source of evidence")
    keys.type(FIRST_YEAR["evidence"])
    keys.push("Add an action")
    keys.type(FIRST_YEAR["action"])
    keys.fill("Who, action 1", FIRST_YEAR["who"])
    keys.fill("By when, action 1", "15 March 2027")
    keys.push("This area is ready to send")
    keys.push("Next: 3 Partnership working")
    keys.type(NOTE)
    keys.push("Add a strength")
    keys.type(FIRST_YEAR["second"])
    year.to_area("Currency", 4)
    keys.press(KEY.Key_Return)
    keys.push("This area does not apply to us")
    keys.type(FIRST_YEAR["reason"])
    year.to_tab("Action plan")
    keys.tab_to("Actions")
    keys.fill("How we will know", FIRST_YEAR["measure"])
    keys.fill("Starting point", FIRST_YEAR["start"])


def _progress_the_action(year: Year) -> None:
    keys = year.keys
    year.to_tab("Action plan")
    keys.tab_to("Actions")
    keys.tab_to("Progress")
    keys.press(KEY.Key_Down)
    keys.push("Add a reading")
    keys.type(ADDED["now"])
    assert year.window.session is not None
    assert year.window.session.evaluation.actions[0].progress == "under-way"


def _write_second_year(year: Year) -> None:
    keys = year.keys
    year.to_area("Community", 1)
    keys.push("Add a strength")
    keys.type(ADDED["strength"])
    keys.push("Add an action")
    keys.type(ADDED["action"])
    year.to_area("Community", 1)
    keys.push("Carried forward: see the years before, development area 1")
    assert year.window.view is not None
    page = year.window.view.currentWidget()
    labels = [label.text() for label in page.findChildren(QLabel)] if page else []
    assert "As in the year before." in labels


def _compare(year: Year) -> None:
    year.keys.menu(KEY.Key_U, KEY.Key_C)
    assert year.window.view is not None
    page = year.window.view.currentWidget()
    texts = [field.toPlainText() for field in page.findChildren(QTextEdit)] if page else []
    assert ADDED["strength"] in texts
    assert ADDED["action"] in texts
    assert FIRST_YEAR["strength"] not in texts, "what stayed the same is left out"


def _go_back_to_the_first_year(year: Year, first: str) -> None:
    keys, window = year.keys, year.window
    keys.press(KEY.Key_Escape)
    keys.push("Change year or site…")
    assert QApplication.activePopupWidget() is not None
    with year.qtbot.waitSignal(window.evaluation_shown):
        keys.press(KEY.Key_Up)
        keys.press(KEY.Key_Return)
    assert window.session is not None
    assert window.session.evaluation.id == first
    assert ADDED["strength"] not in {entry.text for area in window.session.evaluation.areas for entry in area.strengths}
