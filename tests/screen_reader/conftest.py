"""The program as it starts for anybody, on a virtual screen, with somebody who listens."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.screen_reader.at_spi import Bus, Reader
from tests.screen_reader.virtual_screen import missing, running, virtual_screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Listen(Protocol):
    """Starts the program with words of a command line, in view and with the keyboard."""

    def __call__(self, *words: str | Path) -> Reader: ...


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    if lacking := missing():
        pytest.skip(f"needs {lacking}")
    with virtual_screen(tmp_path_factory.mktemp("screen")) as environment:
        yield environment


@pytest.fixture
def listen(screen: dict[str, str], own_folders: Path) -> Iterator[Listen]:
    """Each program has a home of its own; all end with the test."""
    bus = Bus(screen["DBUS_SESSION_BUS_ADDRESS"])
    environment = {**screen, "HOME": str(own_folders)}
    started = []

    def start(*words: str | Path) -> Reader:
        program = running([sys.executable, "-m", "apq_desktop", *map(str, words)], env=environment)
        process = program.__enter__()
        started.append(program)
        reader = Reader(bus, process.pid)
        reader.wait(lambda: reader.parts("frame"), "no window is shown")
        reader.take_the_keyboard()
        return reader

    yield start
    for program in started:
        program.__exit__(None, None, None)
    bus.close()


@pytest.fixture
def example(screen: dict[str, str], own_folders: Path, tmp_path: Path) -> Path:
    """The worked example as a file."""
    path = tmp_path / "Example.apq"
    subprocess.run([sys.executable, "-m", "apq_desktop", "example", str(path)], check=True, capture_output=True)
    return path
