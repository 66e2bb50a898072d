"""The register of evidence: what is cited nowhere or due again is found, and a file that is there can be opened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from apq_desktop.evaluation.edits.changes import AddItem, ListPlace, Target
from apq_desktop.evaluation.model import Evidence, new_evaluation
from apq_desktop.ui.fields.file_link import FileLink, local_file
from apq_desktop.ui.fields.tables.item_rows import Heading
from tests.ui.page_context import PageContext
from tests.ui.screens import settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.pages.evidence_page import EvidencePage


class Opener(QObject):
    """Takes what the computer would open."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.paths.append(url.toLocalFile())


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    QDesktopServices.setUrlHandler("file", made, "take")  # type: ignore[arg-type]  # PySide takes a str, not what its stub says
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def context(qtbot: QtBot, catalogue: Catalogue) -> PageContext:
    return PageContext(qtbot, catalogue, new_evaluation(catalogue, created="2026-11-22T10:42:00+00:00"))


def page_of(context: PageContext, *items: Evidence) -> EvidencePage:
    """The register in view, with these items in it, none of them cited."""
    for position, item in enumerate(items):
        context.session.make(AddItem(ListPlace("evidence"), item, position))
    page: EvidencePage = context.show("evidence")
    settle()
    return page


def titles(page: EvidencePage) -> list[str]:
    return [item.title for item in page.model.items]


def test_what_is_cited_nowhere_or_due_for_review_is_found(context: PageContext) -> None:
    tomorrow = (date.today() + timedelta(days=1)).isoformat()  # noqa: DTZ011 - the person's own day
    page = page_of(context, Evidence("cited", "Survey"), Evidence("due", "Policy", review_date=tomorrow))
    context.session.make(AddItem(ListPlace("citations", "attendance"), "cited", 0))
    page.area.setCurrentIndex(page.area.findText("Cited nowhere"))
    page.area.activated.emit(0)
    assert titles(page) == ["Policy"]
    page.area.setCurrentIndex(0)
    page.area.activated.emit(0)
    due, *rest = page.model.rows
    assert isinstance(due, Heading)
    assert rest[0].title == "Policy", "what is to be looked at again comes first"
    assert [row.title for row in rest if isinstance(row, Heading)] == ["No day to look again"]
    assert sorted(titles(page)) == ["Policy", "Survey"]


def test_a_file_can_be_opened_while_it_is_there(context: PageContext, tmp_path: Path, opener: Opener) -> None:
    file = tmp_path / "Staff survey.pdf"
    file.write_bytes(b"")
    page = page_of(context, Evidence("survey", "Staff survey", location="Shelf 2"))
    link = page.details.findChild(FileLink)
    assert isinstance(link, FileLink)
    assert not link.isVisible()
    field = page.details.binding.field(Target("evidence", "survey"), "location")
    for words in (str(file), f'"{file}"', QUrl.fromLocalFile(str(file)).toString()):
        field.setPlainText(words)
        assert link.isVisible()
        link.click()
    assert opener.paths == [str(file)] * 3
    field.setPlainText(str(file) + "x")
    assert not link.isVisible()


@pytest.mark.parametrize(
    "location",
    [
        "",
        "Shelf 2",
        "survey.pdf",
        "//server/share/a.pdf",
        r"\\server\a.pdf",
        "file://server/a.pdf",
        "http://x",
    ],
)
def test_nothing_but_a_file_of_this_computer_is_looked_for(location: str) -> None:
    assert local_file(location) is None
