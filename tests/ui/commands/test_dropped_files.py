"""A file that is dropped anywhere, or pasted into a field, opens as by Open…, and is never told to have been moved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from apq_desktop import services
from apq_desktop.evaluation.model import new_evaluation
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.ui.fields.field_editing import paste_action
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.fields.text_fields import TextField
from tests.ui.screens import screens, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

EDITORS = (QLineEdit, QTextEdit)
ANY_ACTION = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction
MOVED = (Qt.DropAction.MoveAction, Qt.DropAction.TargetMoveAction)


def files(*paths: Path) -> QMimeData:
    """What a file manager hands over: the files, and their addresses as text."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(url.toString() for url in data.urls()))
    return data


def drop(
    window: MainWindow, at: QPoint, data: QMimeData, actions: Qt.DropAction = ANY_ACTION
) -> tuple[bool, Qt.DropAction]:
    """Drag something in and let it go at a place of the window. Whether it was taken, and what its source is told."""
    handle, buttons, keys = window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    assert isinstance(handle, QWindow)
    for kind in (QDragEnterEvent, QDragMoveEvent):
        dragged = kind(at, actions, data, buttons, keys)
        QApplication.sendEvent(handle, dragged)
        if not dragged.isAccepted():
            return False, Qt.DropAction.IgnoreAction
    dropped = QDropEvent(QPointF(at), actions, data, buttons, keys)
    QApplication.sendEvent(handle, dropped)
    return dropped.isAccepted(), dropped.dropAction()


def middle(widget: QWidget, window: QWidget) -> QPoint:
    return widget.mapTo(window, widget.rect().center())


def takers(window: MainWindow) -> Iterator[QWidget]:
    """Every visible widget that takes drops or words: found, not listed."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and (widget.acceptDrops() or isinstance(widget, EDITORS)):
            yield widget


def words_in(window: MainWindow) -> list[str]:
    return [
        widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
        for widget in window.findChildren(QWidget)
        if isinstance(widget, EDITORS)
    ]


def test_a_file_dropped_on_anything_goes_to_the_window_and_into_no_field(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = open_window("example")
    assert window.session is not None
    arrived: list[list[Path]] = []
    window.drops.arrived.disconnect()
    window.drops.arrived.connect(arrived.append)
    seen: set[type[QWidget]] = set()
    areas = [area for area in window.session.catalogue.areas if area.key in ("workforce", "needs")]
    for screen in screens(window, areas):
        settle()
        before = words_in(window)
        for widget in takers(window):
            seen.add(type(widget))
            arrived.clear()
            taken, told = drop(window, middle(widget, window), files(tmp_path / "ours.apq"))
            assert taken, f"{screen}: {widget}"
            assert told == Qt.DropAction.CopyAction, f"{screen}: {widget}"
            assert arrived == [[tmp_path / "ours.apq"]], f"{screen}: {widget}"
        assert words_in(window) == before, screen
    assert any(issubclass(kind, QLineEdit) for kind in seen)
    assert any(issubclass(kind, QTextEdit) for kind in seen)


def test_a_source_that_only_moves_is_told_that_nothing_was_taken(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window("start")
    assert window.start_page is not None
    _, told = drop(
        window, middle(window.start_page.name, window), files(tmp_path / "photo.png"), Qt.DropAction.MoveAction
    )
    assert told not in MOVED
    assert window.start_page.name.text() == ""


def test_words_can_still_be_dragged_into_a_field(open_window: OpenWindow) -> None:
    window = open_window("start")
    assert window.start_page is not None
    data = QMimeData()
    data.setText("Riverbank")
    drop(window, middle(window.start_page.name, window), data)
    assert window.start_page.name.text() == "Riverbank"


@pytest.mark.parametrize("kind", [".apq", ".json", ".APQ"])
def test_a_dropped_file_opens_as_by_open(
    open_window: OpenWindow, catalogue: Catalogue, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    evaluation = new_evaluation(catalogue, created=services.now())
    evaluation.setting.name = "Dropped School"
    path = tmp_path / f"dropped{kind}"
    if kind == ".json":
        path.write_bytes(evaluation_json.write(evaluation, catalogue))
    else:
        services.create_workspace(path, evaluation).close()
    window = open_window("empty")
    assert window.view is not None
    field = window.view.show_details().findChildren(TextField)[0]
    settle()
    with qtbot.waitSignal(window.evaluation_shown):
        drop(window, middle(field, window), files(path))
    assert window.header.setting.text() == "Dropped School"
    assert path.exists()


def test_dropped_questions_stand_in_the_forms(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    pack = tmp_path / "northshire.toml"
    pack.write_text("", encoding="utf-8")
    window = open_window("empty")
    opened: list[Path] = []
    monkeypatch.setattr(window.commands.open, "add_questions", opened.append)
    drop(window, QPoint(300, 300), files(pack))
    qtbot.waitUntil(lambda: opened == [pack])


def test_a_file_dropped_on_the_register_is_noted_with_its_place_and_never_read(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window("empty")
    assert window.view is not None
    assert window.session is not None
    window.view.show_tab("evidence")
    settle()
    survey = tmp_path / "Staff survey.pdf"
    survey.write_bytes(b"not for us")
    page = window.view.evidence
    assert drop(window, middle(page, window), files(survey)) == (True, Qt.DropAction.CopyAction)
    (item,) = window.session.evaluation.evidence
    assert (item.title, item.location) == ("Staff survey", str(survey))
    assert page.table.chosen_items() == [item]
    window.undo_actions.take_back()
    assert window.session.evaluation.evidence == []


def test_another_kind_of_file_does_nothing_and_that_is_said(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window("empty")
    assert window.view is not None
    before = window.view
    drop(window, QPoint(300, 300), files(tmp_path / "photo.png"))
    assert window.notification_bar.text.text().startswith("“photo.png” was not opened: ")
    drop(window, QPoint(300, 300), files(tmp_path / "one.apq", tmp_path / "two.apq"))
    assert window.notification_bar.text.text().startswith("Nothing was opened, because several files came at once.")
    settle()
    assert window.view is before


@pytest.mark.parametrize("by", ["keys", "menu"])
@pytest.mark.parametrize("kind", [LineField, TextField])
def test_a_copied_file_pasted_into_a_field_opens_and_writes_no_word(
    open_window: OpenWindow, qtbot: QtBot, catalogue: Catalogue, tmp_path: Path, by: str, kind: type[Any]
) -> None:
    path = tmp_path / "pasted.apq"
    services.create_workspace(path, services.example(catalogue)).close()
    window = open_window("empty")
    assert window.view is not None
    details = window.view.show_details()
    field = next(field for field in details.findChildren(kind) if field.isVisible())
    field.setFocus()
    written: list[tuple[str, ...]] = []
    field.textChanged.connect(lambda *words: written.append(words))
    QGuiApplication.clipboard().setMimeData(files(path))
    with qtbot.waitSignal(window.evaluation_shown):
        if by == "keys":
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        else:
            paste = paste_action(field.make_menu())
            assert paste is not None
            assert paste.isEnabled()
            paste.trigger()
    # The field may be gone by now: its file was left for the one that was pasted.
    assert not written
    assert window.header.setting.text() == "Riverside Learning"
    QGuiApplication.clipboard().clear()
