"""What ``test_keyring`` runs on a session bus of its own: a library on a server, with its password in a real keyring.

Arguments: the address and the program's own folder; the password comes by standard input. Says what it found.
"""

from __future__ import annotations

import logging
import sys
from datetime import date
from pathlib import Path

import keyring

from apq_desktop.services.libraries import open_library, server_libraries

TODAY = date(2026, 11, 27)
SERVICE = "APQ Desktop"


def main() -> None:
    """Keep the password, open the library without typing it, take it out of the keyring, and be asked again."""
    address, password, own = sys.argv[1], sys.stdin.readline().rstrip("\n"), Path(sys.argv[2])
    logging.basicConfig(filename=own / "log.txt", level=logging.DEBUG)
    open_library.own_libraries = lambda: own
    asked: list[str] = []

    def ask(where: str) -> str:
        asked.append(where)
        return password

    print(type(keyring.get_keyring()).__module__)
    server_libraries.create_place(address, TODAY, ask).close()
    print("asked" if asked else "not asked")
    print("kept" if server_libraries.keep_password(address, password) else "not kept")
    asked.clear()
    server_libraries.open_place(address, TODAY, ask).close()
    print("asked" if asked else "not asked")
    keyring.delete_password(SERVICE, address)
    server_libraries.open_place(address, TODAY, ask).close()
    print("asked" if asked else "not asked")
    print("kept" if server_libraries.keep_password(address, password) else "not kept")


if __name__ == "__main__":
    main()
