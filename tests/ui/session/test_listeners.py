"""A letter typed wakes only who shows its field or the state of its area, however much was visited before."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest

from apq_desktop.evaluation.edits.changes import AddItem, ListPlace, Target
from apq_desktop.evaluation.model import Evaluation, Evidence
from apq_desktop.ui.pages.page_table import PAGES
from apq_desktop.ui.session import editing_session, listeners
from apq_desktop.ui.session.editing_session import EditingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

MOST = 6
IN_WINDOW = "ui"
MESSENGERS = {editing_session.__file__, listeners.__file__}
PASSED_ON_BY = {EditingSession._tell.__code__, listeners.Listeners.tell.__code__}


@contextmanager
def woken() -> Iterator[list[str]]:
    """What is called by those who pass a change on, by signal or directly: the receivers, by name."""
    found: list[str] = []

    def look(frame: FrameType, event: str, _argument: object) -> None:
        caller, code = frame.f_back, frame.f_code
        passed_on = event == "call" and caller is not None and caller.f_code in PASSED_ON_BY
        if passed_on and IN_WINDOW in Path(code.co_filename).parts and code.co_filename not in MESSENGERS:
            found.append(code.co_qualname)

    sys.setprofile(look)
    try:
        yield found
    finally:
        sys.setprofile(None)


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    """The example with every area and both tables visited, and a row chosen in each table."""
    window = open_window("example")
    assert window.view is not None
    for area in window.view.categories.values():
        for one in area.category.areas:
            window.view.show_area(one.key)
    window.view.show_details()
    for spec in PAGES:
        if spec.tab:
            window.view.show_tab(spec.key)
    for page in (window.view.plan, window.view.evidence):
        page.table.choose(page.model.items[0].id)
    return window


def evaluation(window: MainWindow) -> Evaluation:
    assert window.session is not None
    return window.session.evaluation


def targets(window: MainWindow) -> dict[str, tuple[str, Target, str]]:
    """For each kind of field one that is shown in as many places as any: its area, what it belongs to, its name."""
    assert window.view is not None
    there = evaluation(window)
    area = next(one for one in there.areas if one.strengths and one.development_areas and one.questions)
    action = window.view.plan.model.items[0]
    cited = next(item for item in there.evidence if len(list(there.areas_citing(item.id))) == 1)
    window.view.evidence.show_item(cited.id)
    return {
        "note": (area.key, Target("note", area.questions[0].key, area.key), "note"),
        "strength": (area.key, Target("strengths", area.strengths[0].id, area.key), "text"),
        "development area": (area.key, Target("development_areas", area.development_areas[0].id, area.key), "text"),
        "support": (area.key, Target("area", area.key), "support"),
        "action": (action.area, Target("actions", action.id), "what"),
        "evidence": (next(there.areas_citing(cited.id)).key, Target("evidence", cited.id), "title"),
        "place": (next(there.areas_citing(cited.id)).key, Target("evidence", cited.id), "location"),
    }


def test_a_letter_wakes_few_with_everything_visited(window: MainWindow) -> None:
    assert window.view is not None
    counts = {}
    for name, (area, target, field) in targets(window).items():
        editor = window.view.show_area(area).binding.field(target, field)
        with woken() as receivers:
            QTest.keyClicks(editor, "x")
        assert "EvaluationPresenter._show_change" in receivers, "the letter did not arrive"
        counts[name] = receivers
    assert {name: who for name, who in counts.items() if len(who) > MOST} == {}


def test_a_source_of_many_areas_wakes_the_form_and_the_state_of_each(window: MainWindow) -> None:
    assert window.view is not None
    there = evaluation(window)
    item = max(there.evidence, key=lambda one: len(list(there.areas_citing(one.id))))
    citing = [area.key for area in there.areas_citing(item.id)]
    assert len(citing) > 1
    editor = window.view.show_area(citing[0]).binding.field(Target("evidence", item.id), "title")
    with woken() as receivers:
        QTest.keyClicks(editor, "x")
    assert receivers.count("FieldBinding._show") <= len(citing) + 1
    assert len(receivers) <= MOST + 2 * (len(citing) - 1)
    for key in citing[1:]:
        shown = window.view.show_area(key).binding.field(Target("evidence", item.id), "title")
        assert shown.value() == editor.value()


def test_every_place_that_shows_a_field_follows_it(window: MainWindow) -> None:
    """What is typed in an area's form stands in the table, in the details beside it and in the state of the area."""
    assert window.view is not None
    view = window.view
    action = view.plan.model.items[0]
    editor = view.show_area(action.area).binding.field(Target("actions", action.id), "who")
    QTest.keyClicks(editor, "Zoe")
    assert view.plan.details.binding.field(Target("actions", action.id), "who").value() == editor.value()
    row = view.plan.model.row_of(action.id)
    assert view.plan.model.index(row, 2).data() == editor.value(), "the column is told, though hidden"


def test_a_listener_that_fails_keeps_nobody_from_hearing(open_window: OpenWindow, monkeypatch: Any) -> None:
    window = open_window("example")
    assert window.view is not None
    assert window.session is not None
    failures: list[Any] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: failures.append(what))
    form = window.view.show_area("attendance")
    target = Target("area", "attendance")
    field = form.binding.field(target, "support")
    monkeypatch.setattr(field, "load", lambda _: 1 // 0)
    window.session.set_field(target, "support", "Lifts to and from")
    window.session.set_field(target, "ready", not form.ready.value())
    assert [kind for kind, *_ in failures] == [ZeroDivisionError]
    assert form.ready.value() is evaluation(window).area("attendance").ready
    assert window.session.steps.next_undo is not None


class Page(QObject):
    """Something that shows the register."""

    def __init__(self, heard: list[object]) -> None:
        super().__init__()
        self._heard = heard

    def take(self, change: object) -> None:
        self._heard.append(change)


@pytest.mark.parametrize("leave", [gc.collect, shiboken6.delete])
def test_what_is_gone_is_not_called(qapp: object, leave: Any) -> None:
    heard: list[object] = []
    page, listening = Page(heard), listeners.Listeners()
    change = AddItem(ListPlace("evidence"), Evidence("new", "Register"), 0)
    listening.add(page.take, "evidence", ListPlace("evidence"))
    listening.tell(change, Evaluation())
    assert heard == [change], "told once, though two topics fit"
    if leave is gc.collect:
        del page
        leave()
    else:
        leave(page)
    listening.tell(change, Evaluation())
    assert heard == [change]
