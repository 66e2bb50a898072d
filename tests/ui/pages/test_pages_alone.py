"""Each page does its work with the context it is given: no window, file or thread is needed to see it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from apq_desktop import paths, services
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.ui.pages.page_table import PAGES
from apq_desktop.ui.session.open_file.evaluation_list import EvaluationsInFile
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.page import Page
from tests.ui.page_context import PageContext

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue


def button(page: QWidget, beginning: str) -> Any:
    """The one visible button or link whose name begins so."""
    QCoreApplication.processEvents()
    found = [*page.findChildren(Button), *page.findChildren(LinkButton)]
    named = [one for one in found if (one.accessibleName() or one.text()).startswith(beginning) and one.isVisible()]
    assert len(named) == 1, f"{len(named)} buttons begin with {beginning}"
    return named[0]


def next_year(catalogue: Catalogue) -> Evaluation:
    other = services.example(catalogue)
    other.id, other.title, other.summary = "other", "Self-evaluation 2027/28", "Bicycles"
    return other


def heading(evaluation: Evaluation) -> services.EvaluationHeading:
    return services.EvaluationHeading(
        id=evaluation.id,
        title=evaluation.title,
        period=evaluation.period,
        setting_name=evaluation.setting.name,
        commissioner=evaluation.commissioner,
        changed=evaluation.changed,
        revision=evaluation.revision,
    )


@pytest.mark.parametrize("spec", PAGES, ids=[spec.key for spec in PAGES])
def test_every_page_of_the_table_can_be_made_and_names_its_help(page_context: PageContext, spec: Any) -> None:
    page = page_context.show(spec.key)
    helps = {path.stem.partition("-")[2] or path.stem for path in (paths.resources() / "help").glob("*.md")}
    assert page.help_key in helps
    if not spec.tab:
        assert isinstance(page, Page)
        assert page.accessibleName() == spec.title
        assert spec.title in [label.text() for label in page.findChildren(QLabel)]


def test_the_next_year_starts_from_what_was_chosen(page_context: PageContext) -> None:
    page = page_context.show("next_year")
    page._group.buttons()[1].click()
    page.start.click()
    assert page_context.files.asked == [("start_next_year", page_context.session.evaluation, "unfinished")]


def test_a_backup_opens_beside_the_file_it_is_of(page_context: PageContext) -> None:
    backup = services.Backup(
        Path("backup.apq"), datetime(2026, 11, 20, 9, 30, tzinfo=UTC), 2_000, "", "", before_update=False
    )
    page_context.backup_scheduler.backups_of = lambda _: [backup]
    page = page_context.show("backups")
    button(page, "Open the backup").click()
    assert page_context.files.asked == [("open_backup", backup, Path("Ours.apq"))]


def test_an_evaluation_is_renamed_archived_and_removed_and_each_is_said(
    page_context: PageContext, catalogue: Catalogue
) -> None:
    other = next_year(catalogue)
    current = page_context.session.evaluation
    page_context.in_file = EvaluationsInFile((heading(current), heading(other)), (), ())
    page = page_context.show("evaluations")
    page.rows["other"].archive.click()
    page.rows["other"].remove.click()
    assert page_context.evaluation_list.asked == [("archive", "other"), ("remove", "other")]
    assert page_context.evaluation_list.changed.asked == [("emit",), ("emit",)]
    row = page.rows[current.id]
    row.rename.click()
    row.title.selectAll()
    QTest.keyClicks(row.title, "Another title")
    QTest.keyClick(row.title, Qt.Key.Key_Return)
    assert current.title == "Another title"
    said = [words for name, words in page_context.notifier.asked if name == "say"]
    assert said == [
        "Archived. It is still in this file.",
        "Removed. It can be brought back at the end of this page.",
        "It is now called Another title.",
    ]


def test_what_is_typed_in_the_details_reaches_session_and_file(page_context: PageContext, qtbot: QtBot) -> None:
    page = page_context.show("details")
    page.first.selectAll()
    QTest.keyClicks(page.first, "The Lodge")
    assert page_context.session.evaluation.setting.name == "The Lodge"
    with qtbot.waitSignal(page_context.session.autosave.saved):
        page_context.session.flush()
    (name, _, changes, _) = page_context.workspace.asked[0]
    assert (name, changes[-1].target, changes[-1].value) == ("apply", Target("setting"), "The Lodge")
