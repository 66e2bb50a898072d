"""A screen, a message bus and the services of assistive technology that only the tests use, and the program on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDED = ("Xvfb", "dbus-daemon")
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SCREEN = (1366, 768)
"""Its size: of the small screens that are common, the lowest."""
OF_THE_DESKTOP = ("AT_SPI_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "QT_SCALE_FACTOR", "WAYLAND_DISPLAY")


def missing() -> str:
    """The program that a virtual screen needs and this system lacks, or nothing."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI, which only Linux has"
    lacking = [name for name in NEEDED if shutil.which(name) is None]
    if not any(Path(launcher).is_file() for launcher in LAUNCHERS):
        lacking.append("at-spi2-core")
    return ", ".join(lacking)


@contextmanager
def virtual_screen(folder: Path) -> Iterator[dict[str, str]]:
    """Start the screen and the bus. Yields the environment for programs on them; ``folder`` is their home."""
    with ExitStack() as stack:
        kept = {name: value for name, value in os.environ.items() if name not in OF_THE_DESKTOP}
        environment = {
            **{name: value for name, value in kept.items() if not name.startswith("XDG_")},
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "DISPLAY": _start_screen(stack),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        environment["DBUS_SESSION_BUS_ADDRESS"] = _start_bus(stack, environment)
        yield environment


def _start_screen(stack: ExitStack) -> str:
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "{}x{}x24".format(*SCREEN), "-nolisten", "tcp"]
    stack.enter_context(running(words, pass_fds=(write,), stderr=subprocess.DEVNULL))
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    assert number, "Xvfb did not start"
    return f":{number}"


def _start_bus(stack: ExitStack, environment: dict[str, str]) -> str:
    words = ["dbus-daemon", "--session", "--print-address", "--nofork", "--nopidfile"]
    bus = stack.enter_context(
        running(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    )
    assert bus.stdout is not None
    address: str = bus.stdout.readline().strip()
    assert address, "dbus-daemon did not start"
    return address


@contextmanager
def running(words: list[str], **how: object) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with the block, however that ends."""
    process: subprocess.Popen[str] = subprocess.Popen(words, **how)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
