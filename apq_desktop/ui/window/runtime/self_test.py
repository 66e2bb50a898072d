"""Try the whole program where it is installed: type, save, send, receive, and say of each step how it went.

Everything happens in a temporary folder; the user's own files and settings are neither read nor written.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from apq_desktop import paths, services
from apq_desktop.errors import PackRefusedError
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.spelling import dictionary
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.window.runtime import screen
from apq_desktop.ui.window.runtime.window_driver import (
    SelfTestError,
    commit_into,
    expect,
    type_into,
    wait_until,
    waiting,
)

SETTING, COMMISSIONER = "The Lodge (self-test)", "Northshire Council"
WORDS = "Staff know every family by name. "
OTHER_SCRIPTS = "Ŵyn, Łódź, Ελληνικά, Українська, مدرسة, বিদ্যালয়, विद्यालय, 🌱"
OWN_FOLDERS = MappingProxyType(
    {
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        # Windows itself is asked for that folder, whatever the variable says; platformdirs goes by this one first.
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": "AppData/Local",
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
    }
)


def run(load_catalogue: Callable[[], Catalogue], tell: Callable[[str], object]) -> int:
    """Try everything and ``tell`` a line for each step. Returns the exit status: 0 where all went well, else 1."""
    with tempfile.TemporaryDirectory(prefix="apq-self-test-", ignore_cleanup_errors=True) as name, _elsewhere(name):
        folder = Path(name)
        trial = Trial(load_catalogue, folder, _application())
        for sentence, step in trial.steps():
            try:
                seen = step()
            except Exception as error:  # noqa: BLE001 - whatever it is, the person is told which step it was
                cause = f" ({error.__cause__!r})" if error.__cause__ else ""
                tell(f"FAILED  {sentence}: {type(error).__name__}: {error}{cause}{trial.told()}")
                trial.give_up()
                return 1
            tell(f"OK      {sentence}" + (f" ({seen})" if seen else ""))
    tell("All steps are OK.")
    return 0


@contextmanager
def _elsewhere(folder: str) -> Iterator[None]:
    """Let every folder of the user's own lie below ``folder`` for this process, as it was afterwards."""
    before = {name: os.environ.get(name) for name in OWN_FOLDERS}
    os.environ.update({name: str(Path(folder, below)) for name, below in OWN_FOLDERS.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _application() -> QApplication:
    """The application of this process; without a screen its windows are painted into memory."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
    return screen.application(["apq-desktop"])


class Trial:
    """The steps in order; each builds on the one before and returns what was seen, in a few words."""

    def __init__(self, load_catalogue: Callable[[], Catalogue], folder: Path, application: QApplication) -> None:
        self._load_catalogue, self._folder = load_catalogue, folder
        files, self._failures = FileController(load_catalogue), list[object]()
        files.failed.connect(self._failures.append)
        self._window = MainWindow(files, Theme(application), folder / "files")
        self._file, self._pdf, self._json = Path(), Path(), Path()

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        """Every step: what it does, and the doing."""
        return [
            ("Open the window", self._open),
            ("Start an evaluation", self._start),
            ("Type into a form and save", self._type),
            ("Look words up in the dictionary that came along", self._spell),
            ("Make the pack: PDF and JSON", self._export),
            ("Close the window and read the file again", self._read_again),
            ("Check the JSON, and refuse it with one letter changed", self._check_json),
            ("Check the PDF, and the data inside it", self._check_pdf),
            ("Import the JSON into a new file", self._import),
            ("Compare what arrived with what was sent", self._compare),
            ("Receive it into a library, and take tables and a report out", self._keep),
        ]

    def told(self) -> str:
        """What the window told the user meanwhile."""
        boxes = [box.text() for box in self._window.findChildren(QMessageBox) if box.isVisible()]
        return "".join(f" | {said}" for said in (*map(repr, self._failures), *boxes))

    def give_up(self) -> None:
        """Leave no thread and no message behind after a step failed."""
        self._window.saving.save_now()
        for box in self._window.findChildren(QMessageBox):
            box.close()
        self._window.close()

    def _open(self) -> str:
        with waiting(self._window.painted):
            self._window.show()
        self._window.show_start()
        picture = self._window.grab()
        expect(not picture.isNull(), "the window could not be painted")
        return f"{QGuiApplication.platformName()}, {picture.width()} by {picture.height()}"

    def _start(self) -> str:
        page = self._window.start_page
        assert page is not None
        type_into(page.name, SETTING)
        type_into(page.commissioner, COMMISSIONER)
        self._file = page.path()
        with waiting(self._window.evaluation_shown):
            page.start.click()
        expect(self._file.is_file(), f"{self._file.name} was not made")
        return self._file.name

    def _type(self) -> str:
        window, area = self._window, self._load_catalogue().areas[0]
        assert window.view is not None
        assert window.session is not None
        field = _first_long_text(window.view.show_area(area.key))
        with waiting(window.session.autosave.saved):
            type_into(field, WORDS)
            commit_into(field, OTHER_SCRIPTS)
        return area.title

    def _spell(self) -> str:
        stem = dictionary.find([paths.resources() / "dictionaries"])
        if stem is None:
            return "none came along"
        if not dictionary.has_checker():
            return "nothing here reads it"
        words = dictionary.Dictionary(stem, dictionary.OwnWords(self._folder / "words.txt"))
        expect(words.knows("curriculum"), "curriculum is unknown")
        expect(not words.knows("curiculum"), "curiculum is known")
        return stem.name

    def _export(self) -> str:
        window = self._window
        window.commands.send.show_sending()
        page = window.view.sending if window.view else None
        assert page is not None
        page.pack.make.click()
        wait_until(page.pack.make.isEnabled, page.pack.bar.value)
        made = sorted(self._folder.rglob("*.pdf")) + sorted(self._folder.rglob("*.json"))
        told = f"these were made: {made}. The page says: {page.pack.result.text()}"
        expect([path.suffix for path in made] == [".pdf", ".json"], told)
        self._pdf, self._json = made
        return ", ".join(f"{path.suffix[1:].upper()} {path.stat().st_size:,} bytes" for path in made)

    def _read_again(self) -> str:
        expect(self._window.close(), "the window stayed open")
        opened = services.open_workspace(self._file, self._load_catalogue(), read_only=True)
        opened.workspace.close()
        sent = opened.evaluation
        expect((sent.setting.name, sent.commissioner) == (SETTING, COMMISSIONER), "the names were not kept")
        expect(WORDS + OTHER_SCRIPTS in str(sent.areas[0]), "what was typed was not kept")
        return services.check(self._file, self._load_catalogue()).removeprefix(f"{self._file}: ")

    def _check_json(self) -> str:
        received = services.read_pack(self._json, self._load_catalogue())
        expect(not received.remarks, f"remarks: {received.remarks}")
        changed = received.original.replace(COMMISSIONER.encode(), COMMISSIONER.upper().encode(), 1)
        expect(changed != received.original, "the commissioner is not in it")
        forged = self._folder / self._json.name
        forged.write_bytes(changed)
        try:
            services.read_pack(forged, self._load_catalogue())
        except PackRefusedError:
            return f"code {received.code}"
        raise SelfTestError("a changed file was taken for a whole one")

    def _check_pdf(self) -> str:
        carried = services.read_pack(self._pdf, self._load_catalogue()).original
        expect(carried == self._json.read_bytes(), "the data in the PDF is not the JSON")
        return "the PDF carries the JSON byte for byte"

    def _import(self) -> str:
        received = self._folder / "received.apq"
        imported = services.import_packs([self._json], received, self._load_catalogue())
        expect(not imported.refused, f"told: {imported.refused}")
        return received.name

    def _compare(self) -> str:
        catalogue = self._load_catalogue()
        opened = services.open_workspace(self._folder / "received.apq", catalogue, read_only=True)
        opened.workspace.close()
        again = services.save(
            services.ExportRequest(opened.evaluation, catalogue, self._folder, ("json",)), "again.json"
        )
        expect(again.read_bytes() == self._json.read_bytes(), "what arrived differs from what was sent")
        return f"{len(opened.evaluation.areas)} areas, every byte the same"

    def _keep(self) -> str:
        from apq_desktop.services.libraries import open_library, receiving
        from apq_desktop.services.locality import library_export, library_report, themes

        catalogue, made = self._load_catalogue(), self._folder / "made of the library"
        kept = open_library.create_library(
            self._folder / "library", date.fromisoformat(services.now()[:10]), self._folder / "index"
        )
        try:
            # So many that other processes read them too.
            receipt = receiving.receive(kept, [self._pdf, *[self._json] * receiving.WORKERS_FROM], catalogue)
            expect(not receipt.refused, f"told: {receipt.refused}")
            (revision,) = kept.providers()
            themes.summarise(kept, revision, WORDS, area=catalogue.areas[0].key)
            written = library_export.export_library(kept, catalogue, made, tuple(library_export.LIBRARY_FORMATS))
            draft = library_report.draft_report(kept, catalogue, library_report.ReportRequest(SETTING))
            written += library_report.write_report(library_report.make_report(draft), made)
        finally:
            kept.close()
        return ", ".join(path.name for path in written)


def _first_long_text(form: QWidget) -> QWidget:
    """The first field of a form that takes several lines."""
    from apq_desktop.ui.fields.text_fields import TextField

    found = form.findChildren(TextField)
    expect(bool(found), "the form has no field for a text")
    return found[0]
