"""A library of thousands of settings: packs received, one area read across them, words found, lines folded."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from apq_desktop import paths
from apq_desktop.evaluation.model import Evaluation, new_id
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.exchange.json.reviews import line_json
from apq_desktop.library.collection import Wanted
from apq_desktop.library.files import create, files_of
from apq_desktop.library.folder import FolderLibrary
from apq_desktop.library.indexing.pack_rows import PackRows, passage_rows, revision_row, searched
from apq_desktop.review.exchange_state import fold_lines
from apq_desktop.review.lines import Anchor, ReviewLine
from apq_desktop.services.libraries import receiving
from apq_desktop.services.locality.reading_across import choices, read_page
from apq_desktop.toolkit.loader import load
from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, alternating, median, spent

RECEIVED, READ, FEW, LINES, LIST = 1_000, 3_000, 30, 50_000, 60_000
AREA, PART, WORD = "attendance", "development_areas", "pupils"
TODAY = date(2026, 11, 27)
AT = "2026-11-27T10:00:00+00:00"
AT_ONCE = 50


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """Receiving; then reading what thousands wrote; then what colleagues write."""
    return [_receiving(folder / "in"), *_reading(folder, repetitions), _folding(), _listing(repetitions)]


# Receiving


def _receiving(folder: Path) -> Measurement:
    catalogue, inbox = load(paths.forms()), folder / "inbox"
    inbox.mkdir(parents=True)
    rows = []
    for n, one in enumerate(_settings(RECEIVED)):
        (inbox / f"{n:05}.json").write_bytes(evaluation_json.write(one, catalogue))
        rows.append(_rows(one))
    library = _empty(folder / "library")
    floor = _cpu(partial(_bare_import, folder / "bare.sqlite", sorted(inbox.iterdir()), rows))
    ours = _cpu(partial(receiving.receive, library, [inbox], catalogue))
    library.close()
    what, name = f"{RECEIVED:,} packs received, processor time of all processes", "json.loads, and the rows by sqlite3"
    return Measurement("library-receive", what, ours, floor_name=name, floor=floor, limit=2.0)


def _bare_import(index: Path, packs: list[Path], rows: list[PackRows]) -> None:
    """The floor: every pack read and taken apart, and its texts made findable, fifty at a time."""
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("CREATE TABLE passage (pk INTEGER PRIMARY KEY, area, part, item, field, sub_area, text)")
        connection.execute("CREATE INDEX by_place ON passage (area, part, pk)")
        connection.execute("CREATE VIRTUAL TABLE search USING fts5(words, place, content='')")
        for n, (pack, one) in enumerate(zip(packs, rows, strict=True)):
            json.loads(pack.read_bytes())
            first = n * 1_000
            passages = [(first + at, *row) for at, row in enumerate(one.passages)]
            connection.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", passages)
            words = [(first + at, *row) for at, row in enumerate(one.words)]
            connection.executemany("INSERT INTO search (rowid, words, place) VALUES (?, ?, ?)", words)
            if n % AT_ONCE == 0:
                connection.commit()
        connection.commit()


def _cpu(work: Callable[[], object]) -> float:
    """Milliseconds of the processor, of this process and those it waited for."""
    before = os.times()
    work()
    spent = sum(now - then for now, then in zip(os.times()[:4], before[:4], strict=True)) * 1000
    return max(spent, 10.0)  # the step of this clock: what takes less is not nothing


# Reading


def _reading(folder: Path, repetitions: int) -> list[Measurement]:
    for name, size in (("few", FEW), ("many", READ)):
        _library(folder / name, size).close()
    opened = [partial(_open_and_close, folder / name) for name in ("few", "many")]
    floor, ours = alternating(repetitions, *(spent(one) for one in opened))
    given = {"floor_name": f"one of {FEW}", "floor": median(floor), "limit": 2.0}
    found = [Measurement("library-open", f"A library of {READ:,} opened", median(ours), **given)]  # type: ignore[arg-type]
    with closing(_opened(folder / "many")) as many:
        return found + _reads(folder, many, repetitions)


def _reads(folder: Path, many: FolderLibrary, repetitions: int) -> list[Measurement]:
    found = []
    area = Wanted(area=AREA, parts=(PART,), field="text")
    words = replace(area, words=WORD)
    jobs: list[tuple[str, str, Callable[[], object], float]] = [
        ("ids", "all keys in order", lambda: many.places(area), 10.0),
        ("screen", "keys and the first texts", lambda: read_page(many, many.places(area)[:AT_ONCE]), 30.0),
        ("words", f"“{WORD}” in it, the first texts", lambda: read_page(many, many.places(words)[:AT_ONCE]), 50.0),
        ("everywhere", f"“{WORD}” in all texts, the first", lambda: _first(many, Wanted(words=WORD)), 150.0),
        ("facets", "what there is to filter by", lambda: choices(many), 30.0),
    ]
    for key, what, job, limit in jobs:
        floor, ours = alternating(repetitions, spent(partial(_bare_read, folder)), spent(job))
        about = f"One area of {READ:,} settings: {what}" if key not in {"everywhere", "facets"} else f"{READ:,}: {what}"
        name = "the area's texts in the order of the table, by sqlite3"
        given = {"floor_name": name, "floor": median(floor), "limit": limit, "limit_on": "figure"}
        found.append(Measurement(f"library-{key}", about, median(ours), **given))  # type: ignore[arg-type]
    return found


def _first(library: FolderLibrary, wanted: Wanted) -> object:
    return read_page(library, library.places(wanted)[:AT_ONCE], wanted.words)


def _bare_read(folder: Path) -> None:
    """The floor: the keys of the area's texts as they lie there, in a copy of the index."""
    copy = folder / "copy.sqlite"
    if not copy.exists():
        (index,) = (folder / "many own").rglob("index.sqlite")
        copy.write_bytes(index.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("SELECT pk FROM passage WHERE area = ? AND part = ?", (AREA, PART)).fetchall()


def _open_and_close(folder: Path) -> None:
    # What is read first has rows of its own.
    _opened(folder).close()


# Lines, and the list


def _folding() -> Measurement:
    given = {"at": AT, "side": "reviewer", "evaluation": "e", "audience": "us", "text": "Which?"}
    lines = [
        ReviewLine(f"l{n}", "note", seq=n + 1, who=f"w{n % 5}", kind="question", anchor=Anchor(1, AREA), **given)  # type: ignore[arg-type]
        for n in range(LINES)
    ]
    bodies = [line_json.write_line(line) for line in lines]
    floor, ours = alternating(1, spent(lambda: [json.loads(one) for one in bodies]), spent(lambda: fold_lines(lines)))
    name = "json.loads of the same lines"
    what = f"The state of {LINES:,} lines of an exchange"
    return Measurement("library-fold", what, median(ours), floor_name=name, floor=median(floor), limit=1.6)


def _listing(repetitions: int) -> Measurement:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication, QListView

    from apq_desktop.ui.pages.library.locality.passage_list import PassageList
    from apq_desktop.ui.pages.library.locality.passage_model import PassageModel

    application = QApplication.instance() or QApplication([])
    read = read_page_of(_rows(material.example()))

    def empty() -> None:
        _shown(QListView(), application)

    def ours() -> None:
        model = PassageModel(lambda keys, told: told(read(list(keys))))
        view = PassageList(model)
        model.show(list(range(LIST)))
        _shown(view, application)

    floor, took = alternating(repetitions, spent(empty), spent(ours))
    given = {"floor_name": "an empty QListView", "floor": median(floor), "limit": 3.0}
    return Measurement("library-list", f"A list of {LIST:,} passages made and painted", median(took), **given)  # type: ignore[arg-type]


def read_page_of(rows: PackRows):  # type: ignore[no-untyped-def] # a reader for the model alone
    """Reads any page: the texts of one evaluation over and over."""
    from apq_desktop.library.collection import Passage
    from apq_desktop.services.locality.reading_across import ReadPassage

    def read(keys: list[int]) -> list[ReadPassage]:
        texts = (rows.passages[key % len(rows.passages)] for key in keys)
        return [ReadPassage(Passage(n, "", "e", 1, "Elm", *row), (), ()) for n, row in zip(keys, texts, strict=True)]

    return read


def _shown(view, application) -> None:  # type: ignore[no-untyped-def] # Qt's own, imported late
    view.resize(900, 600)
    view.show()
    application.processEvents()
    view.grab()
    view.close()
    view.deleteLater()
    application.processEvents()


# What it is measured on


def _settings(size: int) -> list[Evaluation]:
    """Settings that share the texts of the example, each with ids of its own."""
    example = material.example()
    return [
        replace(example, id=new_id(), setting=replace(example.setting, id=new_id(), name=f"Setting {n:05}"))
        for n in range(size)
    ]


def _rows(one: Evaluation) -> PackRows:
    passages, elsewhere = passage_rows(one)
    digest = one.id.replace("-", "")
    words = searched((*passages, *elsewhere))
    about = (digest, ".json", f"c{digest}", f"{one.setting.name}.json", AT, revision_row(one))
    return PackRows(*about, passages, elsewhere, words)


def _empty(folder: Path) -> FolderLibrary:
    create(folder)
    return _opened(folder)


def _opened(folder: Path) -> FolderLibrary:
    return FolderLibrary(files_of(folder, folder.with_name(f"{folder.name} own")), line_json, TODAY)


def _library(folder: Path, size: int) -> FolderLibrary:
    """A library whose index holds so many settings; their packs are not needed to read it."""
    library = _empty(folder)
    made = _settings(size)
    for start in range(0, size, AT_ONCE):
        library.add([_rows(one) for one in made[start : start + AT_ONCE]], [])
    return library
