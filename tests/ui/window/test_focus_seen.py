"""Where the keyboard is can be seen on every page, in every colour scheme; and Enter does what the ring promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from tests.cases import first
from tests.ui.every_page import SCHEMES, pages
from tests.ui.focus_ring import unseen

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.widgets.theme import Scheme
    from tests.ui.conftest import OpenWindow


@pytest.mark.parametrize(("scheme", "a_few"), first(1, [("dark", True), *((scheme, False) for scheme in SCHEMES)]))
def test_every_control_of_every_page_shows_that_it_has_the_focus(
    open_window: OpenWindow, scheme: Scheme, a_few: bool
) -> None:
    window = open_window("example", scheme=scheme)
    window.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    found = [f"{page}: {fault}" for page in pages(window) for fault in unseen(window, a_few=a_few)]
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


def test_the_ring_of_a_text_is_painted_whole_as_soon_as_it_has_the_focus(open_window: OpenWindow) -> None:
    """What is on the screen, without anything asking the field to paint itself anew."""
    window = open_window("example")
    assert window.view is not None
    field = window.view.show_area("home-family").strength_list.findChildren(TextField)[0]
    window.header.send.setFocus()
    QCoreApplication.processEvents()
    watcher = Watcher(field)
    field.viewport().installEventFilter(watcher)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    QCoreApplication.processEvents()
    assert field.viewport().rect() in watcher.painted


class Watcher(QWidget):
    """Notes which parts of a widget are painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.painted: list[QRect] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name is Qt's
        if isinstance(event, QPaintEvent):
            self.painted.append(event.region().boundingRect())
        return False


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("kind", [Button, LinkButton])
def test_enter_presses_the_button_that_has_the_focus_once(qtbot: QtBot, kind: type[Button], key: Qt.Key) -> None:
    button, pressed = kind("Add a strength"), []
    qtbot.addWidget(button)
    button.clicked.connect(lambda: pressed.append(1))
    QTest.keyClick(button, key)
    held = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", autorep=True)
    QCoreApplication.sendEvent(button, held)
    assert pressed == [1]


def test_the_wheel_over_a_long_text_scrolls_the_page(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    field.load("One line after another.\n" * 60)
    field.show()
    place = QPointF(20, 20)
    turned = QWheelEvent(
        place,
        place,
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(field.viewport(), turned)
    assert field.verticalScrollBar().value() == 0
    assert not turned.isAccepted()


def test_each_tab_has_a_key_that_works_from_a_text_and_from_another_page(open_window: OpenWindow) -> None:
    window = open_window("example")
    view = window.view
    assert view is not None
    for index in range(view.tabs.count()):
        view.show_area("home-family").strength_list.findChildren(TextField)[0].setFocus()
        if index % 2:
            window.show_page("details")
        focus = window.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key(Qt.Key.Key_1 + index), Qt.KeyboardModifier.ControlModifier)
        QCoreApplication.processEvents()
        assert view.tabs.currentIndex() == index
        shown = view.in_view()
        assert shown is not None
        assert shown.isVisible()


def test_esc_closes_the_guidance_and_leaves_the_cursor_in_the_text(open_window: OpenWindow) -> None:
    window = open_window("example")
    assert window.view is not None
    form = window.view.show_area("home-family")
    form.guidance.click()
    guidance = window.view.categories["community"].guidance
    assert guidance.isVisible()
    field = form.strength_list.findChildren(TextField)[0]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not guidance.isVisible()
    assert field.hasFocus()
    form.guidance.click()
    guidance.setFocus()
    QTest.keyClick(guidance, Qt.Key.Key_Escape)
    assert field.hasFocus()
