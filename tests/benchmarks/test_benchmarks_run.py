"""The benchmarks can be run: no figure is judged here, because a machine under load says nothing of the program."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import (
    bundle_size,
    imported_first,
    library_in,
    library_out,
    material,
    opening,
    other_programs,
    pdf,
    peers,
    table,
)
from tests.benchmarks.measuring import Measurement, NotMeasured
from tests.benchmarks.run import BENCHMARKS, benchmark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Measured = list[Measurement | NotMeasured]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Measured]]:
    """What a benchmark measures at its smallest size; each is run once, and other programs are not asked."""

    @cache
    def run(name: str) -> Measured:
        return benchmark(name)(tmp_path_factory.mktemp(name), 1)

    with pytest.MonkeyPatch.context() as small:
        small.setattr(pdf, "SIZES", dict.fromkeys(pdf.SIZES, 1))
        small.setattr(pdf, "ACTIONS", 20)
        small.setattr(library_out, "SIZES", (2,))
        for name in ("RECEIVED", "READ", "FEW", "LINES", "LIST"):
            small.setattr(library_in, name, 2)
        small.setattr(opening, "REVISIONS", dict.fromkeys(opening.REVISIONS, 100))
        small.setattr(
            other_programs, "PROGRAMS", [replace(one, is_there=lambda: False) for one in other_programs.PROGRAMS]
        )
        small.setattr(peers, "_installed", lambda *_: None)
        small.setattr(bundle_size, "BUILD", tmp_path_factory.mktemp("build"))
        yield run


@pytest.mark.long
@pytest.mark.parametrize("name", BENCHMARKS)
def test_each_benchmark_measures_something(name: str, measured: Callable[[str], Measured]) -> None:
    found = measured(name)
    assert found
    for one in found:
        if isinstance(one, NotMeasured):
            assert one.why
            continue
        assert one.ours > 0, one.key
        assert one.floor is None or one.floor > 0, one.key


@pytest.mark.long
def test_every_cause_belongs_to_a_measurement(measured: Callable[[str], Measured]) -> None:
    keys = [one.key for name in BENCHMARKS for one in measured(name)]
    assert len(keys) == len(set(keys))
    assert set(table.causes()) <= set(keys)


def test_a_miss_is_told_with_its_cause_and_a_kept_limit_without() -> None:
    missed = Measurement("a", "Something", 30, floor_name="a floor", floor=10, limit=2)
    kept = Measurement("b", "Something else", 15, limit=16, limit_on="figure")
    absent = NotMeasured("c", "Something by another program", "not installed here")
    lines = table.page([missed, absent, kept], {"a": "Known.", "b": "Was known."}, "a machine", 1, date(2026, 11, 2))
    assert lines.splitlines()[-6:] == [
        "| Something | a floor | 10.0 ms | 30.0 ms | 3.00 | 2 times | **no** | Known. |",
        "| Something else | – | – | 15.0 ms | – | 16 ms | yes |  |",
        "",
        "Not measured here:",
        "",
        "- Something by another program: not installed here.",
    ]
    assert "2 November 2026" in lines


def test_another_programs_document_says_what_the_pdf_says(tmp_path: Path) -> None:
    evaluation = material.example()
    for ending in {program.ending for program in other_programs.PROGRAMS}:
        text = other_programs.document(evaluation, tmp_path, "example", ending).read_text(encoding="utf-8")
        for area in evaluation.areas:
            for entry in (*area.strengths, *area.development_areas):
                assert html.escape(entry.text) in text or entry.text.replace('"', '\\"') in text


def test_the_list_of_imports_has_the_window_and_no_database(tmp_path: Path) -> None:
    found = imported_first.before_the_first_painting(tmp_path)
    assert "apq_desktop.ui.window.main_window" in found["ours"]
    assert "PySide6.QtWidgets" in found["Qt"]
    assert not {"sqlalchemy", "pydantic", "reportlab", "pikepdf"} & set(found["other packages"])
    assert "json" in found["standard library"]
    assert "- Qt (" in table.imports(found)
