"""SQLite, compiled from the one source of all bundles: documents come from strangers, and Python's own copy is old.

The source is the single C file that SQLite's makers publish, as the package better-sqlite3 carries it (with one number
of it written out, to please a compiler). It replaces the library that Python would bring or the system has.
"""

from __future__ import annotations

import re
from pathlib import Path

from bundling.fetching import NpmPackage, fetch
from bundling.making import call, emptied

PACKAGE = NpmPackage("better-sqlite3", "12.11.1", "ebf0ed75a7a59dbcb3b24bbd014ef49d9f15bc328e4adcbf516f2a8fadfa2835")
# What Python's own makers and Debian's choose, with the search of whole texts and of parts of words.
DEFINES = (
    *("SQLITE_ENABLE_COLUMN_METADATA", "SQLITE_ENABLE_DBSTAT_VTAB", "SQLITE_ENABLE_FTS4", "SQLITE_ENABLE_FTS5"),
    *("SQLITE_ENABLE_MATH_FUNCTIONS", "SQLITE_ENABLE_RTREE", "SQLITE_SECURE_DELETE", "SQLITE_THREADSAFE=1"),
)


def compile_sqlite(target: Path, compiler: str, work: Path) -> str:
    """Make the shared library `target`: a .dll, or a .so of that very name. Returns the version of SQLite."""
    source = fetch(PACKAGE, work) / "deps" / "sqlite3"
    found = re.search(r'^#define SQLITE_VERSION\s+"([\d.]+)"', (source / "sqlite3.h").read_text("utf-8"), re.MULTILINE)
    assert found, "sqlite3.h states no version"
    place = emptied(work / "sqlite")
    windows = target.suffix == ".dll"
    defines = [f"-D{define}" for define in DEFINES]
    if windows:
        defines += ["-DSQLITE_API=__declspec(dllexport)"]
        linked = ["-static", "-Wl,--no-insert-timestamp", "-Wl,--dynamicbase,--nxcompat,--high-entropy-va"]
    else:
        linked = ["-fPIC", f"-Wl,-soname,{target.name}", "-Wl,-z,relro,-z,now", "-lm"]
    made = place / target.name
    call([compiler, "-O2", "-g0", "-s", "-shared", *defines, "-o", made, "sqlite3.c", *linked], cwd=source)
    if target.exists():
        target.unlink()
    made.replace(target)
    return found[1]
