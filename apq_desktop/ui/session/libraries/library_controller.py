"""The open library behind the window: one at a time, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from apq_desktop.ui.session.libraries.library_status import LibraryStatus, Person, status_after, status_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.library.collection import Checked, Library, Revision
    from apq_desktop.services.libraries.receiving import Receipt
    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.ui.session.libraries.library_thread import LibraryThread

_Result = TypeVar("_Result")
EXAMPLE = "Example - Northshire Council"
NEWS_MS = 5_000
"""After which is asked again what colleagues wrote."""


class LibraryController(QObject):
    """Open a library and work on it. ``changed`` follows whatever was written or came; ``progress`` has how many
    files are done, of how many, and how many of them could not be read.
    """

    opened = Signal()
    leaving = Signal()
    keeping = Signal()
    closed = Signal()
    failed = Signal(str, object)
    changed = Signal()
    progress = Signal(int, int, int)
    received = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, load_catalogue: Callable[[], Catalogue]) -> None:
        super().__init__()
        self.load_catalogue = load_catalogue
        self.place = ""
        self.status: LibraryStatus | None = None
        self.receiving = False
        self._library: Library | None = None
        self._password = ""
        self._stopping = False
        self._last_received: list[Path] = []
        self._ask_for_news = QTimer(self, interval=NEWS_MS)
        self._ask_for_news.timeout.connect(self.look_for_news)

    @cached_property
    def _thread(self) -> LibraryThread:
        from apq_desktop.ui.session.libraries.library_thread import LibraryThread

        return LibraryThread()

    @property
    def is_open(self) -> bool:
        """Whether a library is open."""
        return bool(self.place)

    @property
    def name(self) -> str:
        """What the library is called: its folder, or its database."""
        return Path(self.place).name or self.place

    def place_of(self, revision: Revision) -> str:
        """The place of what is typed about one evaluation in this library and not kept yet."""
        return f"{self.place}\n{revision.evaluation}"

    def open_example(self, folder: Path) -> None:
        """Make the council's example below a folder, and open it; ``opened`` or ``failed`` follows."""

        def fill(library: Library) -> None:
            from apq_desktop.services import examples

            examples.fill_library(library, self.load_catalogue())

        names = (f"{EXAMPLE} ({number})" if number > 1 else EXAMPLE for number in count(1))
        place = next(path for name in names if not (path := folder / name).exists())
        self.open(str(place), new=True, fill=fill)

    def open(
        self,
        place: str,
        password: str = "",
        *,
        new: bool = False,
        keep: bool = False,
        fill: Callable[[Library], object] | None = None,
    ) -> None:
        """Open the library in a folder or at an address, or make one there; ``opened`` or ``failed`` follows.

        What ``fill`` does with a new one comes before. A password is kept in the system's keyring only where ``keep``
        says so.
        """

        def work() -> tuple[Library, LibraryStatus]:
            from apq_desktop.services.libraries import server_libraries

            if keep:
                server_libraries.keep_password(place, password)
            make = server_libraries.create_place if new else server_libraries.open_place
            library = make(place, datetime.now(UTC).astimezone().date(), lambda _: password)
            if fill is not None:
                fill(library)
            return library, status_of(library)

        def answer(done: Future[tuple[Library, LibraryStatus]]) -> None:
            self.busy_changed.emit(False)
            if error := done.exception():
                self.failed.emit("The library was not opened", error)
                return
            self._library, self.status = done.result()
            self.place, self._password = place, password
            self.opened.emit()
            self._ask_for_news.start()
            self._read_on()

        self.close()
        self.busy_changed.emit(True)
        self._thread.run(work, answer, alone=True)

    def run(
        self,
        work: Callable[[Library], _Result],
        answer: Callable[[_Result], object],
        *,
        title: str = "This did not work",
    ) -> None:
        """Work on the open library in its thread. ``answer`` has the result, where the library is still open."""
        library = self._library
        if library is None:
            return

        def told(done: Future[_Result]) -> None:
            if error := done.exception():
                self.failed.emit(title, error)
            elif self._library is library:
                answer(done.result())

        self._thread.run(lambda: work(library), told)

    def write(
        self, work: Callable[[Library], object], *, title: str = "It was not saved", then: Callable[[], object] = bool
    ) -> None:
        """Write into the open library; ``changed`` follows, then ``then``. Else ``failed``, and ``status`` is true."""

        def answer(told: tuple[LibraryStatus, Exception | None]) -> None:
            before, (self.status, error) = self.status, told
            if error is None or self.status != before:
                self.changed.emit()
            if error is None:
                then()
            else:
                self.failed.emit(title, error)

        self.run(partial(status_after, work), answer, title=title)

    def look_at(
        self,
        work: Callable[[], _Result],
        answer: Callable[[_Result], object],
        *,
        title: str,
        last: Callable[[], object] = bool,
    ) -> None:
        """Work on the files of the library, and nothing else meanwhile. ``last`` follows however it ended."""
        library = self._library

        def told(done: Future[_Result]) -> None:
            if self._library is library is not None:
                last()
                if error := done.exception():
                    self.failed.emit(title, error)
                else:
                    answer(done.result())

        self._thread.run(work, told, alone=True)

    def checked(self) -> Checked:
        """What the library holds and what is not whole in it. For ``look_at``."""
        from apq_desktop.services.libraries import server_libraries

        return server_libraries.check_place(self.place, lambda _: self._password)

    def copied(self, target: Path) -> Checked:
        """Copy the library to a folder, and read the copy back. For ``look_at``."""
        from apq_desktop.services.libraries import server_libraries

        server_libraries.copy_place(self.place, str(target), lambda _: self._password)
        return server_libraries.check_place(str(target), lambda _: "")

    def introduce(self, person: Person, then: Callable[[], object]) -> None:
        """Say who writes at this computer."""
        from apq_desktop.services.libraries import open_library as services

        self.write(partial(services.introduce, role=person.role, short_name=person.short_name), then=then)

    def receive(self, paths: Sequence[Path], *, again: bool = False) -> None:
        """Receive files, and all packs in folders among them; ``progress`` and ``received`` follow."""
        if self.is_open and not self.receiving:
            self._last_received = list(paths)

            def work(library: Library) -> Receipt:
                from apq_desktop.services.libraries import receiving

                return receiving.receive(
                    library, paths, self.load_catalogue(), again=again, progress=self._tell, stop=lambda: self._stopping
                )

            self._receive(work)

    def receive_again(self) -> None:
        """Receive the files that came last once more, and what was taken out before with them."""
        self.receive(self._last_received, again=True)

    def stop_receiving(self) -> None:
        """Begin with no further file."""
        self._stopping = True

    def keep_now(self) -> None:
        """Have whatever is typed in the open library written, and wait; a form that waits for a button stays."""
        if self.is_open:
            self.keeping.emit()
            self._thread.wait()

    def close(self) -> None:
        """Leave the open library."""
        if self._library is not None:
            self.leaving.emit()
        library, self._library, self.place, self.status, self._password = self._library, None, "", None, ""
        self._ask_for_news.stop()
        if library is not None:
            self._stopping = True
            self.receiving = False
            self._thread.run(library.close, lambda _: None, alone=True)
            self.closed.emit()

    def stop(self) -> None:
        """Leave the open library, and end the thread."""
        self.close()
        if "_thread" in vars(self):
            self._thread.stop()

    def _receive(self, work: Callable[[Library], Receipt]) -> None:
        self.receiving, self._stopping = True, False
        library = self._library
        assert library is not None

        def answer(done: Future[Receipt]) -> None:
            if self._library is not library:
                return
            self.receiving = False
            if error := done.exception():
                self.failed.emit("Not everything was received", error)
            self.received.emit(None if error else done.result())
            self.changed.emit()

        self._thread.run(lambda: work(library), answer, alone=True)

    def _read_on(self) -> None:
        """Read what colleagues received, or everything where the index is new."""

        def work(library: Library) -> Receipt:
            from apq_desktop.services.libraries import receiving

            return receiving.catch_up(library, self.load_catalogue(), progress=self._tell, stop=lambda: self._stopping)

        if not self.receiving:
            self._receive(work)

    def look_for_news(self) -> None:
        """Ask what colleagues wrote and received since."""
        if self.receiving:
            return

        def work(library: Library) -> tuple[bool, bool, LibraryStatus]:
            news = bool(library.news())
            return news, bool(library.awaited()), status_of(library)

        def answer(found: tuple[bool, bool, LibraryStatus]) -> None:
            before, (news, awaited, self.status) = self.status, found
            if news or self.status != before:
                self.changed.emit()
            if awaited:
                self._read_on()

        self.run(work, answer)

    def _tell(self, done: int, of: int, refused: int) -> None:
        self.progress.emit(done, of, refused)
        self._thread.give_way()
