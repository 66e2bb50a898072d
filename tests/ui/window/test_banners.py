"""What is open says what it is: the example, a copy that was received, what was sent, what can only be read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from apq_desktop import paths, services
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.model import new_evaluation
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.paths import own_folder
from apq_desktop.review.lines import Anchor
from apq_desktop.services.libraries import open_library
from apq_desktop.storage.workspace import Workspace
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.overview.overview_page import Overview
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.window.settings import Settings
from tests.ui.council_window import example, read
from tests.ui.keyboard import Keyboard
from tests.ui.screens import LARGE, SMALL, faults, settle
from tests.ui.sending import sending_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.library.collection import Library
    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.widgets.theme import Scheme

OURS, THEIRS = "Riverbank Centre", "Hill Academy"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def window(qtbot: QtBot, catalogue: Catalogue, tmp_path: Path, settings: Settings) -> MainWindow:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    folder = tmp_path / "Documents"
    made = MainWindow(FileController(lambda: catalogue), Theme(application), folder, settings)
    qtbot.addWidget(made, before_close_func=lambda shown: shown.close())
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_start()
    return made


def of(catalogue: Catalogue, setting: str, *, sentence: str = "Written there.") -> Evaluation:
    evaluation = new_evaluation(catalogue, created=services.now(), title="Self-evaluation 2026/27")
    evaluation.setting.name, evaluation.areas[0].support, evaluation.revision = setting, sentence, 2
    return evaluation


@pytest.fixture
def pack(catalogue: Catalogue, tmp_path: Path) -> Path:
    path = tmp_path / "hill.json"
    path.write_bytes(evaluation_json.write(of(catalogue, THEIRS), catalogue))
    return path


@pytest.fixture
def ours(catalogue: Catalogue, tmp_path: Path) -> Path:
    path = tmp_path / "ours.apq"
    services.create_workspace(path, of(catalogue, OURS)).close()
    return path


def after(qtbot: QtBot, window: MainWindow, act: Callable[[], object]) -> None:
    """Do something that opens a file, and wait until it is there."""
    with qtbot.waitSignal(window.evaluation_shown):
        act()
    settle()


def press(window: MainWindow, words: str) -> None:
    next(button for button in window.banner.buttons if button.text() == words).click()


def ways(window: MainWindow) -> list[str]:
    return [button.text() for button in window.banner.buttons]


def support(window: MainWindow) -> TextField:
    assert window.view is not None
    field = window.view.show_area("workforce").binding.field(Target("area", "workforce"), "support")
    assert isinstance(field, TextField)
    return field


def words_in_sight(window: MainWindow) -> str:
    labels = (label for label in window.findChildren(PlainLabel) if label.isVisible())
    return "\n".join(label.text() for label in labels)


def test_the_example_says_so_and_leads_back_to_ones_own_file(window: MainWindow, ours: Path, qtbot: QtBot) -> None:
    after(qtbot, window, lambda: window.open_file(ours))
    assert not window.banner.isVisible()
    after(qtbot, window, window.commands.open.open_example)
    assert window.banner.name.text() == "This is the example."
    assert ways(window) == [f"Back to {OURS}"]
    after(qtbot, window, lambda: press(window, f"Back to {OURS}"))
    assert window.view is not None
    assert window.view.here.path == ours
    assert not window.banner.isVisible()


@pytest.mark.parametrize("command", ["open_example", "open_library_example"])
def test_looking_at_an_example_leaves_nothing_among_the_persons_own_files(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, command: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    after(qtbot, window, window.menus.actions[command].trigger)
    assert sorted(tmp_path.rglob("*")) == before


def where(backups_of_one: Path) -> str:
    return (backups_of_one / "where.txt").read_text("utf-8")


def in_the_examples_folder(kind: str) -> list[str]:
    return sorted(path.name for path in (own_folder("data") / "examples").iterdir() if path.match(kind))


def test_an_example_that_was_only_looked_at_goes_when_the_next_is_made(
    window: MainWindow, ours: Path, qtbot: QtBot
) -> None:
    backups = window._files.backup_scheduler
    backups._folder = own_folder("data") / "backups"
    for _ in range(3):
        after(qtbot, window, window.commands.open.open_example)
        backups.back_up()
        support(window)
        after(qtbot, window, lambda: window.open_file(ours))
    assert len(in_the_examples_folder("*.apq")) == 1
    assert len([path for path in (own_folder("data") / "backups").iterdir() if "Example" in where(path)]) == 1
    # What is open stays: it is told apart by its lock, in this window and in another.
    after(qtbot, window, window.commands.open.open_example)
    after(qtbot, window, window.commands.open.open_example)
    assert len(in_the_examples_folder("*.apq")) == 2


def test_an_example_with_a_word_of_a_persons_own_is_kept(window: MainWindow, ours: Path, qtbot: QtBot) -> None:
    after(qtbot, window, window.commands.open.open_example)
    field = support(window)
    field.setFocus()
    Keyboard().type("Our own first words. ")
    for _ in range(3):
        after(qtbot, window, lambda: window.open_file(ours))
        after(qtbot, window, window.commands.open.open_example)
    kept = in_the_examples_folder("*.apq")
    assert window.view is not None
    kept.remove(window.view.here.path.name)
    (written_in,) = kept
    with Workspace.open(own_folder("data") / "examples" / written_in, read_only=True) as workspace:
        assert "Our own first words. " in workspace.read(services.EXAMPLE_ID).area("workforce").support


def written_note(library: Library, evaluation: str) -> None:
    open_library.note(library, evaluation, "question", "Ours.", Anchor(1, "attendance"), audience="us")


@pytest.mark.parametrize("is_written_in", [False, True])
def test_a_councils_example_that_was_only_looked_at_goes_when_the_next_is_made(
    window: MainWindow, qtbot: QtBot, *, is_written_in: bool
) -> None:
    for number in range(3):
        shown = example(window, qtbot)
        evaluation = shown.page("providers").table.providers.rows[0].evaluation
        read(window, qtbot, evaluation)
        if is_written_in and number == 0:
            work = partial(written_note, evaluation=evaluation)
            with qtbot.waitSignal(window.libraries.changed):
                window.libraries.write(work)
    kept = in_the_examples_folder("Example - Northshire*")
    assert len(kept) == 1 + is_written_in
    assert len([path for path in (own_folder("data") / "libraries").iterdir() if path.is_dir()]) == len(kept)


def test_the_example_is_never_remembered_however_it_is_opened(
    window: MainWindow, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    after(qtbot, window, window.commands.open.open_example)
    made = next((own_folder("data") / "examples").glob("*.apq"))
    after(qtbot, window, lambda: window.open_file(made))
    assert window.session is not None
    assert window.view is not None
    field = window.view.show_area("workforce").strength_list.findChildren(TextField)[0]
    field.setFocus()
    Keyboard().type("Tried out. ")
    assert window.saving.save_now() == ""
    assert settings.recent_files == []
    assert window.identity.last_file is None
    assert ways(window) == ["Start your own…"]
    press(window, "Start your own…")
    assert window.start_page is not None
    assert window.start_page.isVisible()
    assert not window.banner.isVisible()


def test_the_example_has_the_id_by_which_it_is_known(catalogue: Catalogue) -> None:
    assert services.example(catalogue).id == services.EXAMPLE_ID


def test_a_pack_of_somebody_else_says_so_and_keeps_its_words(
    window: MainWindow, ours: Path, pack: Path, qtbot: QtBot
) -> None:
    after(qtbot, window, lambda: window.open_file(ours))
    after(qtbot, window, lambda: window.commands.open.open_path(pack))
    assert window.banner.name.text() == f"This is a copy that you received from {THEIRS}."
    assert ways(window) == ["Save a copy to work on…", f"Back to {OURS}"]
    assert window.view is not None
    field = support(window)
    field.setFocus()
    before = field.value()
    Keyboard().type("Mine.")
    assert field.value() == before
    after(qtbot, window, lambda: press(window, f"Back to {OURS}"))
    assert not window.banner.isVisible()
    assert [file.setting for file in window.identity.recent] == [OURS]
    assert window.session is not None
    another = next(one.id for one in window._files.headings() if one.id != window.session.evaluation.id)
    after(qtbot, window, lambda: window.switch_to(another))
    assert window.banner.isVisible(), "it is known after a while, too"


def test_a_copy_to_work_on_is_ones_own(
    window: MainWindow, pack: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after(qtbot, window, lambda: window.commands.open.open_path(pack))
    copy = tmp_path / "mine.apq"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(copy), "")))
    after(qtbot, window, lambda: press(window, "Save a copy to work on…"))
    assert not window.banner.isVisible()
    assert window.view is not None
    assert window.view.here.path == copy
    assert window.session is not None
    assert window.session.evaluation.areas[0].support == "Written there."
    assert not window.session.read_only
    assert window.header.send.isVisible()


@pytest.mark.parametrize("open_first", [True, False], ids=["into an open file", "into a file of its own"])
def test_the_same_pack_twice_makes_no_look_alike(
    window: MainWindow, ours: Path, pack: Path, qtbot: QtBot, tmp_path: Path, *, open_first: bool
) -> None:
    if open_first:
        after(qtbot, window, lambda: window.open_file(ours))
    after(qtbot, window, lambda: window.commands.open.open_path(pack))
    assert window.session is not None
    first = window.session.evaluation.id
    if open_first:
        after(qtbot, window, lambda: press(window, f"Back to {OURS}"))
        after(qtbot, window, lambda: window.commands.open.open_path(pack))
    else:
        assert window.close()
        window._files = FileController(window._files.load_catalogue)
        window = MainWindow(window._files, Theme(QApplication.instance()), tmp_path / "Documents")  # type: ignore[arg-type]
        qtbot.addWidget(window, before_close_func=lambda shown: shown.close())
        window.show()
        after(qtbot, window, lambda: window.commands.open.open_path(pack))
    assert window.session is not None
    assert window.session.evaluation.id == first
    assert (
        "in the file already" in window.notification_bar.text.text()
        or "already, which is open now" in window.notification_bar.text.text()
    )
    assert window.notification_bar.isVisible()
    assert len(window._files.headings()) == (2 if open_first else 1)
    assert len(list((tmp_path / "Documents").glob("*.apq"))) == (0 if open_first else 1)


def _sent_pack(window: MainWindow, qtbot: QtBot) -> Path:
    page = sending_page(window)
    page.pack.make.click()
    qtbot.waitUntil(page.pack.open_folder.isVisible)
    return next(page.pack.folder.glob("*.json"))


def answer(window: MainWindow, words: str) -> None:
    box = window.findChild(QMessageBox)
    assert box is not None
    next(button for button in box.buttons() if button.text() == words).click()


@pytest.mark.parametrize("kind", [".json", ".pdf"])
def test_a_pack_that_this_file_sent_says_so_and_can_be_looked_at(
    window: MainWindow, ours: Path, qtbot: QtBot, kind: str
) -> None:
    after(qtbot, window, lambda: window.open_file(ours))
    pack = _sent_pack(window, qtbot).with_suffix(kind)
    assert window.view is not None
    field = support(window)
    field.setFocus()
    QTest.keyClicks(field, "Written since.")
    with qtbot.waitSignal(window._files.found_in_file):
        window.commands.open.open_path(pack)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert box.text().startswith("You sent this pack on ")
    assert [button.text() for button in box.buttons()] == ["Close", "Look at it", "What changed since"]
    after(qtbot, window, lambda: answer(window, "Look at it"))
    assert window.banner.name.text().startswith("This is what you sent on ")
    assert window.session is not None
    assert window.session.read_only
    assert window.session.evaluation.areas[0].support == "Written there."
    after(qtbot, window, lambda: press(window, "What changed since"))
    assert not window.banner.isVisible(), "it is compared with what stands now"
    with qtbot.waitSignal(window._files.found_in_file):
        window.commands.open.open_path(pack)
    window.findChildren(QMessageBox)[-1].close()
    assert window.session is not None
    assert window.session.evaluation.areas[0].support == "Written since.Written there."
    assert not window.banner.isVisible()
    assert len(window._files.headings()) == 1


def test_what_changed_since_a_pack_was_sent_is_shown(window: MainWindow, ours: Path, qtbot: QtBot) -> None:
    from apq_desktop.ui.pages.evaluations.compare_page import ComparePage

    after(qtbot, window, lambda: window.open_file(ours))
    pack = _sent_pack(window, qtbot)
    with qtbot.waitSignal(window._files.found_in_file):
        window.commands.open.open_path(pack)
    answer(window, "What changed since")
    settle()
    page = window.findChild(ComparePage)
    assert page is not None
    assert page.isVisible()


def _newer(path: Path) -> Path:
    import sqlite3

    from apq_desktop.storage.database.migrations import VERSION

    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.commit()
    connection.close()
    return path


def test_a_file_that_is_only_read_says_so_and_promises_no_saving(
    window: MainWindow, ours: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after(qtbot, window, lambda: window._files.open(ours, read_only=True))
    assert window.banner.name.text() == "Read only."
    assert window.banner.sentence.text() == "This file was opened for reading only."
    assert "saved" not in words_in_sight(window).lower().replace("not saved", "")
    assert window.findChild(Overview).isVisible()  # type: ignore[union-attr]
    assert not window.header.send.isVisible()
    copy = tmp_path / "mine.apq"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(copy), "")))
    after(qtbot, window, lambda: press(window, "Save a copy to work on…"))
    assert window.view is not None
    assert window.view.here.path == copy
    assert not window.banner.isVisible()
    assert window.header.send.isVisible()


def test_a_file_of_a_newer_version_says_so(window: MainWindow, ours: Path, qtbot: QtBot) -> None:
    newer = _newer(ours)
    before = newer.read_bytes()
    after(qtbot, window, lambda: window.open_file(newer))
    assert window.banner.name.text() == "Read only."
    assert "newer version" in window.banner.sentence.text()
    assert ways(window) == []
    assert window.close()
    assert newer.read_bytes() == before


def test_a_copy_of_the_file_knows_what_was_received(catalogue: Catalogue, pack: Path, tmp_path: Path) -> None:
    from apq_desktop.storage.files import save_copies

    into, copy = tmp_path / "all.apq", tmp_path / "copy.apq"
    services.import_packs([pack], into, catalogue)
    with Workspace.open(into) as workspace:
        save_copies.save_copy(workspace, copy, history=False)
        before = workspace.received_copies()
    with Workspace.open(copy) as workspace:
        assert workspace.received_copies() == before != {}


def test_what_is_read_of_a_damaged_file_still_knows_what_was_received(
    catalogue: Catalogue, pack: Path, tmp_path: Path
) -> None:
    into, saved = tmp_path / "all.apq", tmp_path / "saved.apq"
    services.import_packs([pack], into, catalogue)
    with Workspace.open(into) as workspace:
        before = workspace.received_copies()
    into.write_bytes(into.read_bytes().replace(b"Self-evaluation", b"Self-evaluatiom", 1))
    services.salvage(into, saved, catalogue)
    with Workspace.open(saved) as workspace:
        assert workspace.received_copies() == before != {}


@pytest.mark.parametrize(("scheme", "percent", "size"), [("light", 100, LARGE), ("dark", 200, SMALL)])
def test_a_banner_is_for_everyone(
    window: MainWindow, ours: Path, pack: Path, qtbot: QtBot, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    theme = Theme(QApplication.instance())  # type: ignore[arg-type]
    theme.set_scheme(scheme)
    theme.set_text_size(percent)
    window.resize(*size)
    try:
        after(qtbot, window, lambda: window.open_file(ours))
        after(qtbot, window, lambda: window.commands.open.open_path(pack))
        assert window.banner.isVisible()
        assert faults(window) == []
        assert window.size().toTuple() == size
    finally:
        theme.set_scheme("light")
        theme.set_text_size(100)


def test_the_published_example_is_the_example_as_a_pack_too(window: MainWindow, qtbot: QtBot) -> None:
    after(qtbot, window, lambda: window.commands.open.open_path(paths.resources() / "example" / "example.json"))
    assert window.banner.name.text() == "This is the example."
