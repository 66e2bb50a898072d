"""Writes what was measured as a table, with the cause beside each miss."""

from __future__ import annotations

import os
import platform
import sqlite3
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.benchmarks.measuring import Measurement, NotMeasured

HEADS = ("What", "Floor", "Floor's figure", "Ours", "Ratio", "Limit", "Kept", "Cause of a miss")
UNKNOWN = "Not looked into yet."


def causes() -> Mapping[str, str]:
    """For the key of a measurement, why it misses its limit."""
    found: dict[str, str] = tomllib.loads(Path(__file__).with_name("causes.toml").read_text(encoding="utf-8"))
    return found


def machine() -> str:
    """The kind of machine, in general words."""
    from PySide6.QtCore import qVersion

    busy = f"{os.getloadavg()[0]:.1f} processes wanting to run when it began; " if hasattr(os, "getloadavg") else ""
    return (
        f"{platform.system()}, {os.cpu_count()} cores, {busy}Python {platform.python_version()}, Qt {qVersion()} "
        f"({os.environ.get('QT_QPA_PLATFORM', 'offscreen')}), SQLite {sqlite3.sqlite_version}"
    )


def page(
    found: Sequence[Measurement | NotMeasured], known: Mapping[str, str], kind: str, repetitions: int, day: date
) -> str:
    """RESULTS.md but for ``imports``. ``known`` are the causes, ``kind`` says on what kind of machine."""
    measured = [one for one in found if isinstance(one, Measurement)]
    absent = [one for one in found if isinstance(one, NotMeasured)]
    lines = [
        "# Benchmarks: results",
        "",
        f"Measured on {day.day} {day:%B %Y} by `python tests/benchmarks/run.py`: {kind}.",
        f"Medians of {repetitions} repetitions (fewer for memory, more for what takes milliseconds), the floor and",
        "the program taking turns in one run. README.md says what each line measures. On an idle machine of two",
        "cores an empty window is painted in some 90 to 140 ms: where the first floor below is longer, other work held",
        "the machine, and every figure in milliseconds is too long by as much. The ratios move less.",
        "",
        _row(HEADS),
        _row(["---"] * len(HEADS)),
        *(_row(_cells(one, known)) for one in measured),
    ]
    if absent:
        lines += ["", "Not measured here:", "", *(f"- {one.what}: {one.why}." for one in absent)]
    return "\n".join(lines) + "\n"


def imports(found: Mapping[str, Sequence[str]]) -> str:
    """The part of the page that names the modules imported before the first painting, by where they come from."""
    if not found:
        return ""
    lines = ["", "## Imported before the first painting", ""]
    lines += [f"- {kind} ({len(names)}): {', '.join(names) or 'none'}" for kind, names in found.items()]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(one: Measurement, known: Mapping[str, str]) -> list[str]:
    floor = f"{_figure(one.floor)} {one.unit}" if one.floor is not None else "–"
    ratio = f"{one.ratio:.2f}" if one.ratio is not None else "–"
    kept = {True: "yes", False: "**no**", None: "–"}[one.holds]
    cause = known.get(one.key, UNKNOWN) if one.holds is False else ""
    figure = f"{_figure(one.ours)} {one.unit}"
    return [one.what, one.floor_name or "–", floor, figure, ratio, _limit(one), kept, cause]


def _limit(one: Measurement) -> str:
    if one.limit is None:
        return "–"
    return f"{one.limit:g} times" if one.limit_on == "ratio" else f"{one.limit:g} {one.unit}"


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
