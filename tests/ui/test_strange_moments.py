"""A file of a stranger's with moments that no clock can hold opens, is shown, and can be sent like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from apq_desktop import services
from apq_desktop.__main__ import main
from tests.cases import first
from tests.ui.screens import settle

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue
    from tests.ui.conftest import OpenWindow


@pytest.mark.parametrize("stamp", first(1, ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "yesterday"]))
def test_a_file_with_an_impossible_moment_is_shown_and_sent(
    stamp: str, open_window: OpenWindow, catalogue: Catalogue, tmp_path: Path
) -> None:
    evaluation = services.example(catalogue)
    evaluation.created = evaluation.changed = stamp
    file = tmp_path / "strange.apq"
    services.create_workspace(file, evaluation).close()
    assert main(["check", str(file)]) == 0
    assert main(["export", str(file), "--to", str(tmp_path)]) == 0
    window = open_window(file)
    window.show_page("evaluations")
    window.header.send.click()
    settle()
    window.show_page("evaluations")
    settle()
    said = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    assert "last changed" in said
