"""A library on a server: as one in a folder, with the server in the place of the shared folder.

Received files lie on this computer too, in the program's own folder, so that what was read once can be read while the
server is away. What is private lies only there, and never on the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from apq_desktop.errors import FileRefusedError, NotWrittenError
from apq_desktop.library.collection import AnyLine, LineFormat, Revision
from apq_desktop.library.files import LibraryFiles
from apq_desktop.library.folder import FolderLibrary
from apq_desktop.library.journal import Bookmark
from apq_desktop.library.on_server.server import Server
from apq_desktop.library.packs import PackFolder
from apq_desktop.library.removal import Doomed
from apq_desktop.review.library_lines import LibraryLine

_BOOKMARK = "server"


class ServerLibrary(FolderLibrary):
    """See ``collection.Library``. Belongs to one thread."""

    def __init__(self, server: Server, files: LibraryFiles, line_format: LineFormat, today: date) -> None:
        """Open a library. Raises FileRefusedError where it is open in another program of ours on this computer."""
        self._server = server
        super().__init__(files, line_format, today)

    def _pack_folder(self) -> PackFolder:
        return PackFolder(self.files.packs)

    def close(self) -> None:
        """Let go of the index and the connection."""
        super().close()
        self._server.close()

    def away(self) -> str:
        """A sentence while the server cannot be reached; else nothing."""
        return self._server.away

    def is_shared(self) -> bool:
        """Whether somebody else writes in the library too: others can at any time."""
        return True

    def original(self, revision: Revision) -> bytes:
        """The received file. Raises FileRefusedError where it is gone, or not as it was received."""
        if not self.packs.suffix_of(revision.digest):
            self._fetch([revision.digest])
        return super().original(revision)

    def awaited(self) -> dict[str, LibraryLine]:
        """The files that somebody received and that are not in the index yet; they are fetched."""
        self._fetch([one for one in self._lines.packs_without_revision() if not self.packs.suffix_of(one)])
        return super().awaited()

    def _fetch(self, digests: Sequence[str]) -> None:
        with suppress(OSError, NotWrittenError):
            for _, suffix, original in self._server.packs(digests):
                self.packs.add(original, suffix)

    def _share(self, lines: Sequence[AnyLine]) -> None:
        """Write lines on the server, with the files that they tell of; they are safe there when this returns."""
        if not lines:
            return
        told = [line.pack for line in lines if isinstance(line, LibraryLine) and line.what == "received"]
        try:
            packs = [(pack, suffix := self.packs.suffix_of(pack), self.packs.read(pack, suffix)) for pack in told]
            self._server.add(self.files.journal.stem, self._bodies(lines), packs)
        except (OSError, FileRefusedError) as error:
            raise NotWrittenError("The server", str(error)) from error
        with suppress(OSError):
            self._read_shared()

    def _read_shared(self) -> None:
        new = [line for path in self.files.private_journals() for line in self._read(path)]
        try:
            bookmark = self._lines.bookmarks().get(_BOOKMARK, Bookmark())
            for number, lines in self._server.lines_after(bookmark.offset):
                new += self._taken_in(_BOOKMARK, [(seal, body) for _, seal, body in lines], Bookmark(number))
        finally:
            self._follow(new)

    def _drop(self, pack: str, doomed: Doomed, seals: Sequence[str]) -> None:
        super()._drop(pack, doomed, seals)
        try:
            self._server.forget(pack, seals)
        except OSError as error:
            raise NotWrittenError("The server", str(error)) from error
