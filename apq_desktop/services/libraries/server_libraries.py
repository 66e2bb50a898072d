"""Libraries on a server: opened by an address that a person typed, with a password that is asked for.

The password may lie in the system's keyring, never in a file of ours or a log. The program's own folder remembers
which library stood at an address, so that it can be read while the server is away.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from apq_desktop.errors import FileRefusedError, NotWrittenError
from apq_desktop.evaluation.model import new_id
from apq_desktop.exchange.json.reviews import line_json
from apq_desktop.library.collection import Checked
from apq_desktop.library.files import files_on_server
from apq_desktop.library.folder import FolderLibrary
from apq_desktop.library.on_server import transfer
from apq_desktop.library.on_server.server import NO_ENTRY, NoEntryError, Server, instance_of, is_address
from apq_desktop.library.on_server.server_library import ServerLibrary
from apq_desktop.services.libraries import open_library as in_folders

Ask = Callable[[str], str]
"""Asks for the password of an address; nothing where the person gives none."""
_KEYRING = "APQ Desktop"


def open_place(place: str, today: date, ask: Ask) -> FolderLibrary:
    """Open the library in a folder, or at the address of a server.

    Raises FileRefusedError, NotWrittenError where a server that was never reached from here is away.
    """
    if not is_address(place):
        return in_folders.open_library(Path(place), today)
    server, library_id = _entered(place, ask)
    own = in_folders.own_libraries()
    return ServerLibrary(server, files_on_server(library_id, instance_of(place), own), line_json, today)


def create_place(place: str, today: date, ask: Ask) -> FolderLibrary:
    """Make a library in an empty folder or database, and open it. Raises FileRefusedError, NotWrittenError."""
    if not is_address(place):
        return in_folders.create_library(Path(place), today)
    ask = cache(ask)  # it is made and then opened, and the password is typed once
    _with_password(place, ask, lambda server: server.create(new_id())).close()
    return open_place(place, today, ask)


def check_place(place: str, ask: Ask) -> Checked:
    """Say what a library holds and what is not whole in it. Raises FileRefusedError, NotWrittenError."""
    if not is_address(place):
        return in_folders.check_library(Path(place))
    server = _with_password(place, ask, Server.library_id)
    try:
        return transfer.check_server(server)
    finally:
        server.close()


def copy_place(place: str, target: str, ask: Ask) -> None:
    """Copy a library from a folder or server to another, without what is private; what is there already stays.

    Raises FileRefusedError, NotWrittenError.
    """
    if not is_address(place) and not is_address(target):
        in_folders.copy_library(Path(place), Path(target))
        return
    address, folder = (place, target) if is_address(place) else (target, place)
    if is_address(folder):
        raise FileRefusedError("The address", "a library is copied from one server to another by way of a folder.")
    server = _with_password(address, ask, Server.enter)
    try:
        if is_address(place):
            transfer.to_folder(server, Path(folder))
        else:
            transfer.to_server(Path(folder), server)
    finally:
        server.close()


def keep_password(address: str, password: str) -> bool:
    """Keep a password in the system's keyring; whether that was possible."""
    with suppress(Exception):  # a keyring of the system may fail in ways of its own; then the password is asked for
        import keyring

        keyring.set_password(_KEYRING, address, password)
        return keyring.get_password(_KEYRING, address) == password
    return False


def _kept_password(address: str) -> str:
    with suppress(Exception):
        import keyring

        return keyring.get_password(_KEYRING, address) or ""
    return ""


def _entered(address: str, ask: Ask) -> tuple[Server, str]:
    """A server that let us in, or is away, and the id of its library."""
    remembered = in_folders.own_libraries() / f"{instance_of(address)}.server"
    found: list[str] = []
    try:
        server = _with_password(address, ask, lambda server: found.append(server.library_id()))
    except NotWrittenError:
        with suppress(OSError):
            library_id = remembered.read_text("utf-8")
            return Server(address, _kept_password(address) or ask(address)), library_id
        raise
    with suppress(OSError):
        remembered.parent.mkdir(parents=True, exist_ok=True)
        remembered.write_text(found[0], encoding="utf-8")
    return server, found[0]


def _with_password(address: str, ask: Ask, enter: Callable[[Server], object]) -> Server:
    """A server after ``enter`` went well, with the password that is kept or else the one that is given."""
    for is_first in (True, False):
        server = Server(address, _kept_password(address) if is_first else ask(address))
        try:
            enter(server)
        except NoEntryError:
            server.close()
        except OSError as error:
            server.close()
            raise NotWrittenError(address, str(error)) from error
        except FileRefusedError:
            server.close()
            raise
        else:
            return server
    raise FileRefusedError(address, NO_ENTRY)
