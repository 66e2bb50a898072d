"""Check and send: remarks folded to a line a kind, the button always in view, the log of the whole file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLabel

from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.evaluation.rules.outgoing_copy import Sending
from apq_desktop.ui.pages.send.send_page import CheckAndSend
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.fold import Fold
from tests.ui.sending import sending_page

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


def page_of(window: MainWindow) -> CheckAndSend:
    page = sending_page(window)
    QApplication.processEvents()
    return page


def test_remarks_are_folded_and_unfold_to_links_that_lead_there(open_window: OpenWindow) -> None:
    window = open_window("empty")
    assert window.view is not None
    page = page_of(window)
    fold = page.remarks.findChildren(Fold)[0]
    assert fold.button.text() == "13 areas are empty: 1 to 13"
    links = [link for link in fold.findChildren(LinkButton) if link.text() == "Go there"]
    assert len(links) == 13
    assert not any(link.isVisible() for link in links)
    assert fold.button.accessibleName().endswith(", closed")
    fold.button.click()
    assert all(link.isVisible() for link in links)
    assert fold.button.accessibleName().endswith(", open")
    links[2].click()
    assert window.view.categories["community"].areas.shown == "partnerships"
    page = page_of(window)
    assert page.remarks.findChildren(Fold)[-1].isVisible()
    opened = [one for one in page.remarks.findChildren(Fold) if one.isVisible() and one.button.is_open]
    assert [one.button.text() for one in opened] == ["13 areas are empty: 1 to 13"], "it stays as it was left"


def test_the_button_is_in_view_whatever_the_window_and_the_text_are(open_window: OpenWindow) -> None:
    for what, percent, size in (("example", 100, (1366, 690)), ("empty", 200, (1024, 600))):
        window = open_window(what, percent=percent, size=size)
        page = page_of(window)
        for place in (0, page.verticalScrollBar().maximum()):
            page.verticalScrollBar().setValue(place)
            QApplication.processEvents()
            make = page.pack.make
            corner = make.mapTo(window, make.rect().bottomRight())
            assert window.rect().contains(corner)
            assert make.visibleRegion().boundingRect().size() == make.size()
        assert page.bar.whom.text() == "1 pack for Northshire Council"
        last = page.sent_before
        assert last.mapTo(page, last.rect().bottomLeft()).y() <= page.bar.y(), "nothing is hidden behind the bar"
        window.close()


def test_the_log_is_the_files_and_each_line_names_its_evaluation(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("empty")
    assert window.session is not None
    first = window.session.evaluation
    held = window.app.files.workspace
    sending = Sending("one", first.id, 1, "Northshire Council", "2026-11-20T10:00:00+00:00", "ABCD-EFGH", ("a.pdf",))
    revision = SetField(Target("evaluation"), "revision", 1, 0)
    noted = window.app.files.store_thread.do
    noted(lambda: held.note_sent([(sending, b"%PDF")], [revision], datetime.now(UTC)))
    with qtbot.waitSignal(window.evaluation_shown):
        window.commands.evaluation.start_another()
    page = page_of(window)
    told = [label.text() for label in page.sent_before.findChildren(QLabel)]
    line = f"{first.title}, The Lodge: Revision 1 for Northshire Council, 20 November 2026 at 10:00"
    assert any(text.startswith(line[:-5]) for text in told)
    links = [link.text() for link in page.sent_before.findChildren(LinkButton)]
    assert links == ["Open it"], "what changed since is asked in the evaluation that was sent"
