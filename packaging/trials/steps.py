"""Steps of a trial: each is said, timed, and ends the trial where it does not hold."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bundling.inventory import differences

DISPLAY = ":97"
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


@contextmanager
def screen() -> Iterator[None]:
    """A screen that nobody sees; programs in a root reach it by its abstract socket."""
    words = ["Xvfb", DISPLAY, "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with tempfile.TemporaryFile() as quiet, subprocess.Popen(words, stderr=quiet) as server:
        try:
            for _ in range(100):
                if Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists():  # noqa: S108 - where X keeps its sockets
                    break
                time.sleep(0.1)
            yield
        finally:
            server.terminate()
