"""A new file is named after the setting, in letters of any script, by the rule that names packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop.evaluation.text.file_names import is_reserved
from tests.cases import first

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import OpenWindow


@pytest.mark.parametrize(
    ("typed", "stem"),
    first(
        4,
        [
            ("St Mary's – Years 7/8", "St Mary's Years 7 8"),
            ("বিদ্যালয়", "বিদ্যালয়"),
            ("Cafe\u0301 Ŵyn", "Cafe\u0301 Ŵyn"),
            ("CON", "_CON"),
            ("nul", "_nul"),
            ("../..", "Self-evaluation"),
            ("\u200b", "Self-evaluation"),
            ("ŵ" * 90, "ŵ" * 60),
        ],
    ),
)
def test_a_file_is_begun_under_the_settings_own_name(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, typed: str, stem: str
) -> None:
    window = open_window("start")
    assert window.start_page is not None
    window.start_page.name.setText(typed)
    assert window.start_page.path().stem == stem
    assert not is_reserved(window.start_page.path().stem)
    with qtbot.waitSignal(window.evaluation_shown):
        window.start_page.start.click()
    assert [path.name for path in (tmp_path / "APQ Desktop").glob("*.apq")] == [f"{stem}.apq"]
