"""A part goes out to a colleague, is written on there, and comes back in one step, through windows and files."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.review.lines import Anchor, ReviewLine
from apq_desktop.storage.workspace import Workspace
from apq_desktop.ui.fields.changed_text import ChangedText
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.send.copies_page import NO_AREAS, CopiesPage
from apq_desktop.ui.pages.send.returned_part_page import BOTH, TOGETHER, ReturnedPartPage
from apq_desktop.ui.widgets.buttons import LinkButton
from tests.ui.screens import LARGE, SMALL, faults, words_on
from tests.ui.sending import make_pack, sending_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.widgets.theme import Scheme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

AREA = "attendance"


@pytest.fixture
def evaluation(catalogue: Catalogue) -> Evaluation:
    return services.example(catalogue)


@pytest.fixture
def file(tmp_path: Path, evaluation: Evaluation) -> Path:
    path = tmp_path / "ours.apq"
    services.create_workspace(path, evaluation).close()
    return path


def _copies(window: MainWindow) -> CopiesPage:
    window.commands.send.copies()
    assert window.view is not None
    page = window.view.currentWidget()
    assert isinstance(page, CopiesPage)
    return page


def _made(
    window: MainWindow, qtbot: QtBot, *, whom: int, name: str, areas: Sequence[str] = (), suffix: str = ".json"
) -> Path:
    """A copy as a person makes it."""
    page = _copies(window)
    page.group.buttons()[whom].click()
    page.name.load(name)
    for key, box in page.boxes.items():
        if box.value() != (key in areas):
            box.click()
    before = set(page.usual_folder.glob("*")) if page.usual_folder.exists() else set()
    make_pack(page, qtbot)
    (path,) = (path for path in set(page.usual_folder.glob("*")) - before if path.suffix == suffix)
    return path


def _came_back(window: MainWindow) -> ReturnedPartPage:
    assert window.view is not None
    page = window.view.currentWidget()
    assert isinstance(page, ReturnedPartPage)
    return page


def _write(window: MainWindow, field: Target, words: str) -> None:
    assert window.session is not None
    window.session.set_field(field, "support" if field.kind == "area" else "text", words)


def _as_a_colleague(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, part: Path, strength: str
) -> Path:
    """Write on a part in a window of one's own, and give it back. Returns the file."""
    theirs = open_window("start")
    with qtbot.waitSignal(theirs.evaluation_shown):
        theirs.commands.open.open_path(part)
    assert theirs.session is not None
    assert not theirs.session.read_only
    assert theirs.banner.sentence.text() == "Write in area 6, then give it back. Nothing of the rest is in it."
    assert theirs.session.evaluation.area("needs").strengths == []
    assert not theirs.menus.actions["show_sending"].isEnabled()
    _write(theirs, Target("strengths", strength, AREA), "Theirs.")
    _write(theirs, Target("area", AREA), "A visit.")
    back = part.with_name("back.json")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(back), "")))
    theirs.header.send.click()
    qtbot.waitUntil(back.exists)
    return back


def _there(window: MainWindow) -> tuple[str, str]:
    """The first strength and the support wanted, as the window has them."""
    assert window.session is not None
    area = window.session.evaluation.area(AREA)
    return area.strengths[0].text, area.support


def test_a_part_goes_out_is_written_on_and_comes_back_in_one_step(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    strength, before = evaluation.area(AREA).strengths[0].id, evaluation.area(AREA).support
    ours = open_window(file)
    assert ours.session is not None
    assert ours.view is not None
    part = _made(ours, qtbot, whom=0, name="Deputy head", areas=[AREA])
    with Workspace.open(file, read_only=True) as workspace:
        (sending,) = workspace.send_log.of_evaluation(evaluation.id)
        assert (sending.revision, sending.recipient) == (0, "Deputy head")
        assert workspace.read(evaluation.id).revision == 0
    back = _as_a_colleague(open_window, qtbot, monkeypatch, part, strength)
    _write(ours, Target("strengths", strength, AREA), "Ours.")
    form = ours.view.visit_area(AREA)
    with qtbot.waitSignal(ours.session.steps_changed):
        ours.commands.open.open_path(back)
    page = _came_back(ours)
    words = words_on(page)
    assert words.index(BOTH) < words.index("You: Ours.\nDeputy head: Theirs.\n" + TOGETHER)
    assert "came back from Deputy head" in ours.notification_bar.text.text()
    assert _there(ours) == ("Ours.\n\nTheirs.", "A visit.")
    assert "Ours.\n\nTheirs." in [field.value() for field in form.findChildren(TextField)]
    next(link for link in page.findChildren(LinkButton) if link.text() == "Go there").click()
    assert ours.view.currentWidget() is ours.view.tabs
    ours.session.undo()
    assert _there(ours) == ("Ours.", before)
    with qtbot.waitSignal(ours.session.steps_changed):
        ours.commands.open.open_path(back)
    assert _there(ours) == ("Ours.\n\nTheirs.", "A visit.")
    with qtbot.waitSignal(ours.app.files.found_in_file):
        ours.commands.open.open_path(back)
    assert "has nothing new" in ours.notification_bar.text.text()
    assert _there(ours) == ("Ours.\n\nTheirs.", "A visit.")


def test_a_part_needs_an_area_and_a_copy_for_a_peer_needs_none(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation
) -> None:
    asked = ReviewLine(
        "q", "note", "2026-12-03T14:00:00+00:00", 1, "council", "reviewer", evaluation.id, "provider", "Officer",
        "question", text="Between us and the council.", anchor=Anchor(0, AREA),
    )  # fmt: skip
    with Workspace.open(file) as workspace:
        workspace.reviews.add([asked])
        services.answer(workspace, asked, "Yes.")
    window = open_window(file)
    page = _copies(window)
    page.pack.make.click()
    assert page.pack.result.text() == NO_AREAS
    _made(window, qtbot, whom=1, name="The Oak Centre", suffix=".pdf")
    assert not list(page.usual_folder.glob("*answers*"))
    assert not any(b"Between us" in path.read_bytes() for path in page.usual_folder.iterdir())
    with Workspace.open(file, read_only=True) as workspace:
        (sending,) = workspace.send_log.of_evaluation(evaluation.id)
        assert (sending.revision, sending.recipient) == (1, "The Oak Centre")


def test_a_part_given_out_since_does_not_hide_what_the_council_read(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation
) -> None:
    window = open_window(file)
    make_pack(sending_page(window), qtbot)
    assert window.view is not None
    _made(window, qtbot, whom=0, name="Deputy head", areas=["needs"])
    asked = ReviewLine(
        "q", "note", "2026-12-03T14:00:00+00:00", 1, "council", "reviewer", evaluation.id, "provider", "Officer",
        "change", text="Say more.", anchor=Anchor(1, AREA),
    )  # fmt: skip
    assert window.session is not None
    window.app.files.store_thread.do(lambda: window.app.files.workspace.reviews.add([asked]))
    window.session.add_review_line(asked)
    _write(window, Target("area", AREA), "New words.")
    window.show_page("reviews")
    page = window.view.currentWidget()
    assert isinstance(page, QWidget)
    assert [one.toPlainText() for one in page.findChildren(ChangedText)] == ["New words."]


def test_a_part_that_came_from_elsewhere_is_refused_in_one_sentence(
    open_window: OpenWindow, qtbot: QtBot, file: Path, evaluation: Evaluation, tmp_path: Path
) -> None:
    other = deepcopy(evaluation)
    other.id, other.copy_for, other.copy_areas, other.copy_code = "another", "colleague", [AREA], "ABCD-EFGH"
    window = open_window(file)
    assert window.session is not None
    catalogue = window.session.catalogue
    path = services.give_back(other, catalogue, tmp_path / "out")
    failed: list[BaseException] = []
    window.app.files.failed.connect(failed.append)
    with qtbot.waitSignal(window.app.files.failed):
        window.commands.open.open_path(path)
    assert str(failed[0]).count("\n") == 0
    assert "a part that a colleague gives back; open the file from which it was given out" in str(failed[0])


@pytest.mark.parametrize(("scheme", "percent", "size"), [("light", 100, LARGE), ("dark", 200, SMALL)])
def test_the_pages_are_whole_at_every_size(
    scheme: Scheme, percent: int, size: tuple[int, int], open_window: OpenWindow, file: Path
) -> None:
    window = open_window(file, scheme=scheme, percent=percent, size=size)
    _copies(window)
    assert faults(window) == []
