"""Starting, beside other programs with a window that are written in Python; none is a part of the project.

Each is installed in an environment of its own that is thrown away, with the version that was measured last, or is there
as Debian's package. Where neither can be had, it is not measured.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, NotMeasured, alternating, median
from tests.benchmarks.processes import child, compile_program

LONGEST_SECONDS = 300


class Peer(NamedTuple):
    """``start`` is its module and function; it is given a text of ours where it opens files.

    One without ``package`` is the system's own.
    """

    key: str
    name: str
    package: str
    start: str
    takes_text: bool = False


PEERS = (
    Peer("novelwriter", "novelWriter 26.2.2, its first dialog", "novelWriter==26.2.2", "novelwriter:main"),
    Peer("retext", "ReText 8.1.0, a text of 3,000 words", "ReText==8.1.0", "ReText.__main__:main", takes_text=True),
    Peer("picard", "MusicBrainz Picard 2.8.5 of Debian 12", "", "picard.tagger:main"),
)
SYSTEM_PYTHON = Path("/usr/bin/python3")
WORDS = (("painted", "painted"), ("editable", "editable, the example"))


def measure(folder: Path, repetitions: int) -> list[Measurement | NotMeasured]:
    """Fresh processes, ours and theirs in turn."""
    compile_program()
    text = folder / "words.md"
    text.write_text(material.three_thousand_words(), encoding="utf-8")
    program = partial(child, folder, "apq_desktop", "--exit-after-paint", material.example_file(folder))
    found: list[Measurement | NotMeasured] = []
    for peer in PEERS:
        python = _installed(folder / peer.key, peer)
        if python is None:
            why = "it could not be installed" if peer.package else f"Debian's package {peer.key} is not installed here"
            found.append(NotMeasured(f"peer-{peer.key}", f"Start of {peer.name}", why))
            continue
        words = [peer.start, *([text] if peer.takes_text else [])]
        start = partial(child, folder, "tests.benchmarks.rivals.peer_start", *words, python=python)
        theirs, ours = alternating(repetitions, start, program)
        found += [
            Measurement(
                f"peer-{peer.key}-{name}",
                f"Start to {what}",
                median([run[f"{name}_ms"] for run in ours]),
                floor_name=peer.name,
                floor=median([run[f"{name}_ms"] for run in theirs]),
            )
            for name, what in WORDS
        ]
    return found


def _installed(folder: Path, peer: Peer) -> Path | None:
    """The Python that has a peer: the system's, or that of a new environment; None where it cannot be had."""
    if not peer.package:
        asked: list[str | Path] = [SYSTEM_PYTHON, "-c", f"import {peer.start.partition(':')[0]}"]
        has_it = SYSTEM_PYTHON.exists() and subprocess.run(asked, check=False, capture_output=True).returncode == 0
        return SYSTEM_PYTHON if has_it else None
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    steps: list[list[str | Path]] = [
        [sys.executable, "-m", "venv", folder],
        [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--only-binary", ":all:", peer.package],
    ]
    try:
        for step in steps:
            subprocess.run(step, check=True, capture_output=True, timeout=LONGEST_SECONDS)
    except (subprocess.SubprocessError, OSError):
        return None
    return python
