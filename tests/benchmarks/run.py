"""One command for every benchmark: measures, prints the table and writes it to RESULTS.md beside this file."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.measuring import Measurement, NotMeasured

BENCHMARKS = (
    *("start", "peers", "opening", "keystroke", "letter", "area_switch", "heavy", "saving", "memory"),
    *("json_out_and_in", "pdf", "library_in", "library_out", "bundle_size"),
)
RESULTS = Path(__file__).with_name("RESULTS.md")
REPETITIONS = 9


def benchmark(name: str) -> Callable[[Path, int], list[Measurement | NotMeasured]]:
    """The ``measure`` of one benchmark's module: a folder to work in, and how many repetitions."""
    found: Callable[[Path, int], list[Measurement | NotMeasured]] = import_module(f"tests.benchmarks.{name}").measure
    return found


def main() -> int:
    """Measure what the command line asks for. Only a run of everything is written down."""
    parser = argparse.ArgumentParser(description="Measures the program against its floors.")
    parser.add_argument("--only", choices=BENCHMARKS, action="append", help="measure this one, and write nothing down")
    parser.add_argument("--repetitions", type=int, default=REPETITIONS)
    parser.add_argument("--folder", type=Path, help="work in a folder here: the disk that saving is measured on")
    chosen = parser.parse_args()
    from tests.benchmarks import imported_first, table

    kind, found = table.machine(), []
    with tempfile.TemporaryDirectory(prefix="apq-benchmarks-", dir=chosen.folder) as folder:
        for name in chosen.only or BENCHMARKS:
            print(f"{name} …", file=sys.stderr, flush=True)
            found += benchmark(name)(Path(folder), chosen.repetitions)
        imported = {} if chosen.only else imported_first.before_the_first_painting(Path(folder))
    page = table.page(found, table.causes(), kind, chosen.repetitions, datetime.now(UTC).date())
    page += table.imports(imported)
    print(page)
    if not chosen.only:
        RESULTS.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    # The folder of the checkout instead of this one, so that what is here cannot hide a module of the library.
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    sys.exit(main())
