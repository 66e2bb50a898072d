"""The password of a library on a server lies in the system's keyring, or is asked for; never in a file or a log."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.libraries import server_libraries
from tests.library import council
from tests.library.postgres import PASSWORD, Postgres, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
SESSION = """
printf 'for-this-test' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null
exec "$0" -m tests.library.keyring_session "$1" "$2"
"""


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    yield from running()


def holding(folder: Path, word: str) -> list[str]:
    """The files in which a word stands, however it is written."""
    wanted = [word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(one in path.read_bytes() for one in wanted)]


def test_a_real_keyring_keeps_it_and_no_file_or_log_holds_it(postgres: Postgres, tmp_path: Path) -> None:
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        pytest.skip(f"{' and '.join(missing)} not installed: packaging/dev.py test installs them on Debian")
    home, own = tmp_path / "home", tmp_path / "own"
    for folder in (home, own, tmp_path / "run"):
        folder.mkdir(mode=0o700)
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", SESSION, sys.executable, postgres.new_database(), str(own)],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_"))},
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        },
        input=f"{PASSWORD}\n", capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    said = done.stdout.split("\n")
    assert said[:-1] == ["keyring.backends.SecretService", "asked", "kept", "not asked", "asked", "kept"], done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    assert any(path.suffix == ".keyring" for path in home.rglob("*")), "it lies in the keyring's own file, enciphered"
    assert holding(tmp_path, PASSWORD) == []


def test_without_a_keyring_the_password_is_asked_for_and_nowhere_kept(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / "own")
    address, asked = postgres.new_database(), list[str]()

    def ask(where: str) -> str:
        asked.append(where)
        return PASSWORD

    assert not server_libraries.keep_password(address, PASSWORD)
    server_libraries.create_place(address, council.TODAY, ask).close()
    server_libraries.open_place(address, council.TODAY, ask).close()
    assert asked == [address] * 2
    assert holding(tmp_path, PASSWORD) == []
