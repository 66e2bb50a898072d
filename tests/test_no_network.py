"""The program opens no socket to any address: the whole job runs under a tracer, and none is seen."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from apq_desktop import paths
from tests.commands import run_each
from tests.library import council
from tests.library.separate_computers import Computer

ADDRESSES = re.compile(r"\b(AF_INET6?|AF_NETLINK|AF_PACKET)\b")


def tracer(log: Path) -> list[object]:
    """What to put before a program to have its network calls in a file, and those of its children."""
    return ["strace", "-f", "--seccomp-bpf", "-e", "trace=%network", "-o", log]


def traced(folder: Path, *commands: tuple[object, ...], done: int = 0) -> tuple[list[str], str]:
    """Run commands of the program under strace. Returns what each printed, and all network calls."""
    log = folder / "calls.txt"
    found = run_each(*commands, before=tracer(log), XDG_DATA_HOME=str(folder / "own"))
    assert [status for status, *_ in found] == [done] * len(commands)
    return [printed.decode() for _, printed, _ in found], log.read_text(encoding="utf-8", errors="replace")


def test_the_tracer_sees_a_socket_when_there_is_one(tmp_path: Path) -> None:
    log = tmp_path / "calls.txt"
    opening = "import socket; socket.socket(socket.AF_INET).close()"
    subprocess.run([*map(str, tracer(log)), sys.executable, "-c", opening], check=True, timeout=600)
    assert ADDRESSES.search(log.read_text(encoding="utf-8"))


def test_the_whole_job_opens_no_socket_to_any_address(tmp_path: Path) -> None:
    file, packs = tmp_path / "example.apq", tmp_path / "packs"
    packs.mkdir()
    (_, printed), calls = traced(tmp_path, ("example", file), ("export", file, "--to", packs))
    data, into = printed.splitlines()[-1], tmp_path / "council.apq"
    (*_, printed), more = traced(
        tmp_path, ("import", data, "--into", into), ("check", file, data), ("schema",), ("--exit-after-paint", file)
    )
    assert "editable_ms" in printed
    assert ADDRESSES.findall(calls + more) == []


def test_a_library_in_a_folder_opens_no_socket_to_any_address(tmp_path: Path) -> None:
    file, library, packs = tmp_path / "example.apq", tmp_path / "library", tmp_path / "packs"
    packs.mkdir()
    _, calls = traced(
        tmp_path,
        ("example", file),
        ("export", file, "--to", packs, "--json"),
        ("library", "create", library),
        ("library", "add", library, packs),
        ("library", "list", library),
        ("library", "check", library),
        ("library", "rebuild", library),
        ("library", "copy", library, tmp_path / "stick"),
    )
    assert ADDRESSES.findall(calls) == []


@pytest.mark.long
def test_the_window_of_a_library_in_a_folder_opens_no_socket_to_any_address(tmp_path: Path) -> None:
    folder, inbox, log = tmp_path / "Northshire", tmp_path / "inbox", tmp_path / "calls.txt"
    council.put(inbox, council.evaluation("Elm"))
    steps = [("library", [folder], {"new": True}), ("receive", [inbox], {}), ("providers", [], {}), ("close", [], {})]
    done = subprocess.run(
        [*map(str, tracer(log)), sys.executable, "-m", "tests.library.window_process", tmp_path / "Documents"],
        cwd=paths.resources().parent, env=Computer(tmp_path / "home").environment, timeout=600, check=True,
        input="".join(f"{json.dumps(step, default=str)}\n" for step in steps), capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert '["Elm", "received", "reviewer", "0"]' in done.stdout
    assert ADDRESSES.findall(log.read_text(encoding="utf-8", errors="replace")) == []


def test_the_one_exception_is_said_at_first_start_in_about_in_the_help_and_to_it_departments() -> None:
    from apq_desktop.ui.commands.help_commands import ABOUT
    from apq_desktop.ui.pages.start_page import MANNERS

    told = [ABOUT, MANNERS, (paths.resources() / "help" / "17-data-protection.md").read_text("utf-8")]
    told.append((paths.resources().parent / "packaging" / "IT-DEPARTMENTS.md").read_text("utf-8"))
    for text in told:
        words = " ".join(text.split())
        assert "etwork" in words
        assert re.search(r"a council.{0,60} the address of a (database )?server", words), words[:200]


def test_a_connection_is_opened_only_to_an_address_that_was_typed(tmp_path: Path) -> None:
    """The one exception: a library on a server. Nothing listens at this address, and nothing else is tried."""
    pytest.importorskip("psycopg")
    _, calls = traced(tmp_path, ("library", "list", "postgresql://officer@127.0.0.1:1/apq"), done=1)
    assert set(re.findall(r"connect\(.*?AF_INET6?, .*", calls))
    assert not re.findall(r"sin_port=htons\((?!1\))\d+\), sin_addr", "".join(re.findall(r"connect\(.*", calls)))
