"""Steps of a trial: each is said, timed, and ends the trial where it does not hold."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bundling.inventory import differences

PATIENCE_S = 120


def step(sentence: str, do: Callable[[], object]) -> None:
    """Do one step, and say how long it took; what it returns is shown."""
    print(f"--- {sentence}", flush=True)
    began = time.monotonic()
    said = do()
    if isinstance(said, str) and said.strip():
        print("\n".join(f"    | {line}" for line in said.strip().splitlines()))
    print(f"    OK, {time.monotonic() - began:.1f} s", flush=True)


def expect(fulfilled: bool, otherwise: str) -> None:
    """End where something is not as it should be."""
    if not fulfilled:
        raise SystemExit(f"Not OK: {otherwise}.")


def wait_until(fulfilled: Callable[[], bool], otherwise: str) -> None:
    """Wait for what another program does."""
    ends = time.monotonic() + PATIENCE_S
    while not fulfilled():
        expect(time.monotonic() < ends, otherwise)
        time.sleep(0.2)


def files_of(folder: Path) -> dict[str, bytes]:
    """The files below a folder, with what is in them."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def expect_its_list_of_parts(bundle: Path) -> None:
    """See that sbom.cdx.json names every file of a bundle, and none that is not there."""
    sbom = json.loads((bundle / "sbom.cdx.json").read_text("utf-8"))
    left = differences(bundle, sbom)
    expect(left == [], "the list of parts does not fit: " + "; ".join(left[:20]))


def entries(folder: Path) -> set[str]:
    """The names of everything below a folder, but for what programs put into the folder for temporary files."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return {name for name in names if "Temp/" not in name}


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees; yields its name. Programs in a root reach it by its abstract socket.

    It takes a number that is free: a window whose screen goes away with another trial's never paints.
    """
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with tempfile.TemporaryFile() as quiet, subprocess.Popen(words, stderr=quiet, pass_fds=[writing]) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as said:
                number = said.readline().strip()
            expect(number != "", "Xvfb gives no screen")
            yield f":{number}"
        finally:
            server.terminate()
