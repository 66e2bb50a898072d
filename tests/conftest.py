"""What every test starts from: no screen, no folder of the person's own, no dialog that nobody will close."""

from __future__ import annotations

import gc
import os

# Before anything imports Qt. A desktop's own setting would open windows on the screen: only this one counts.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("APQ_TEST_PLATFORM", "offscreen")
# With it a test that measures a start would measure Python reading the sources.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Never

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QColorDialog,
    QDialog,
    QFileDialog,
    QFontDialog,
    QInputDialog,
    QMenu,
    QMessageBox,
)

from apq_desktop.ui.window.runtime.garbage import collect_what_is_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests marked long too, as where CI is set")


def pytest_configure(config: pytest.Config) -> None:
    """Leaves the long runs out, unless they are asked for: by the machine that decides, or by -m and --long.

    Where they are left out, what tries many inputs tries a quarter of them.
    """
    is_long = config.option.markexpr or config.option.long or os.environ.get("CI")
    if not is_long:
        config.option.markexpr = "not long"
    # The machine's speed says nothing about the program, and a failure must come back on the next run.
    settings.register_profile(
        "steady", deadline=None, derandomize=True, print_blob=True, max_examples=100 if is_long else 25
    )
    settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the files of few tests first: a long test that began last would hold up the run alone."""
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: tests[item.path])


def pytest_sessionfinish() -> None:
    """Collects what is left once; pytest does it five times, which takes seconds after thousands of tests."""
    gc.collect()
    gc.freeze()


MODAL_METHODS = (
    (QDialog, ("exec", "exec_")),
    (QMessageBox, ("exec", "exec_", "about", "aboutQt", "critical", "information", "question", "warning")),
    (
        QFileDialog,
        ("exec", "exec_", "getExistingDirectory", "getOpenFileName", "getOpenFileNames", "getSaveFileName"),
    ),
    (QInputDialog, ("exec", "exec_", "getDouble", "getInt", "getItem", "getMultiLineText", "getText")),
    (QColorDialog, ("exec", "exec_", "getColor")),
    (QFontDialog, ("exec", "exec_", "getFont")),
    (QMenu, ("exec", "exec_")),
)


def _refusal(name: str) -> Callable[..., Never]:
    def refuse(*_arguments: object, **_keywords: object) -> Never:
        pytest.fail(f"{name} would wait for a person; a test that closes the dialog itself is marked real_dialogs")

    return refuse


@pytest.fixture(autouse=True)
def no_unasked_dialogs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a dialog that blocks fail the test at once, unless the test is marked real_dialogs."""
    if request.node.get_closest_marker("real_dialogs"):
        return
    for kind, methods in MODAL_METHODS:
        for method in methods:
            if hasattr(kind, method):
                monkeypatch.setattr(kind, method, staticmethod(_refusal(f"{kind.__name__}.{method}")))


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Gives each test its own home, so that settings and backups of the person at the desk stay untouched."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home


@pytest.fixture
def soon_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that another program holds is waited for a tenth of a second, in files opened from now on."""
    monkeypatch.setattr("apq_desktop.storage.database.connection.BUSY_SECONDS", 0.1)


@pytest.fixture
def for_others() -> Iterator[Path]:
    """A folder that another account can look into; whoever runs the tests may be allowed everything.

    Not among the tests' own folders, which each other run of pytest on this computer closes to others again.
    """
    with TemporaryDirectory(prefix="for-others-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o777)
        for parent in folder.parents:
            if os.getuid() == 0 and parent != parent.parent:
                parent.chmod(parent.stat().st_mode | 0o055)
        yield folder


@pytest.fixture(autouse=True)
def deferred_deletes_drained() -> Iterator[None]:
    """Deletes what the test left to Qt's event loop, so that no widget of one test lives on in the next."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        collect_what_is_due()
