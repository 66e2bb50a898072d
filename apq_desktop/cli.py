"""The program's jobs without a screen. Exit status: 0 done, 1 refused with one sentence, 2 wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop import services
from apq_desktop.errors import ApqError
from apq_desktop.evaluation.rules.outgoing_copy import ANNEXES, Include
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.library.folder import FolderLibrary

DONE, REFUSED = 0, 1
MOST_NAMED = 10
"""Characters that a warning names one by one."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the program's parser; each sets ``run``."""
    example = commands.add_parser("example", help="write the worked example as a new workspace")
    example.add_argument("file", type=Path, metavar="FILE.apq")
    example.set_defaults(run=_example)
    export = commands.add_parser("export", help="write an evaluation as PDF and JSON, or as a web page")
    export.add_argument("file", type=Path, metavar="FILE.apq")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    export.add_argument("--evaluation", default="", metavar="ID", help="which evaluation; else the one changed last")
    for one in services.FORMATS.values():
        usual = "; written where none is named" if one.always else ""
        export.add_argument(f"--{one.key}", action="store_true", help=f"write {one.about}{usual}")
    export.add_argument(
        "--annex", action="append", choices=ANNEXES, help="print this after the document too; can be repeated"
    )
    export.add_argument("--without-reply", action="store_true", help="leave out the form for a reply in the PDF")
    export.set_defaults(run=_export)
    receive = commands.add_parser("import", help="add evaluations to a workspace")
    receive.add_argument("packs", type=Path, nargs="+", metavar="PACK")
    receive.add_argument("--into", type=Path, required=True, metavar="FILE.apq")
    receive.set_defaults(run=_import)
    check = commands.add_parser("check", help="say whether files are whole, and what they hold")
    check.add_argument("files", type=Path, nargs="+", metavar="FILE")
    check.set_defaults(run=_check)
    template = commands.add_parser("template", help="write a template with nothing in it, to print")
    template.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    template.add_argument("--fillable", action="store_true", help="to fill in on a screen instead")
    template.set_defaults(run=_template)
    sheets = commands.add_parser("sheets", help="write sheets to print: questions, a checklist, a review")
    sheets.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    sheets.set_defaults(run=_sheets)
    _add_library_commands(commands.add_parser("library", help="take tables or coded texts out of a library"))
    schema = commands.add_parser("schema", help="print the JSON Schema of the portable formats")
    schema.add_argument("--for-readers", action="store_true", help="the open one, for programs that read")
    schema.add_argument("--reply", action="store_true", help="of a reply instead of an evaluation")
    schema.set_defaults(run=_schema)


def _add_library_commands(library: argparse.ArgumentParser) -> None:
    from apq_desktop.services.library_export import LIBRARY_FORMATS

    commands = library.add_subparsers(required=True, metavar="COMMAND")
    export = commands.add_parser("export", help="write what was received, for spreadsheets and for coding")
    export.add_argument("folder", type=Path, metavar="LIBRARY", help="the folder of the library")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    for key, about in LIBRARY_FORMATS.items():
        export.add_argument(f"--{key}", action="store_true", help=f"write {about}")
    export.set_defaults(run=_export_library)
    report = commands.add_parser("report", help="write a report of areas and themes as PDF, web page and Word document")
    report.add_argument("folder", type=Path, metavar="LIBRARY", help="the folder of the library")
    report.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    report.add_argument("--title", default="What settings write", help="its title")
    report.add_argument("--introduction", type=Path, metavar="FILE.txt", help="a text to begin with")
    report.add_argument("--area", action="append", type=int, metavar="NUMBER", help="an area; can be repeated")
    report.add_argument("--theme", action="append", metavar="NAME", help="a theme; can be repeated")
    report.add_argument("--unnamed", action="store_true", help="without the settings’ names")
    report.add_argument("--omissions", type=Path, metavar="FILE.json", help="words, each with the same words shortened")
    report.add_argument("--looked-at", action="store_true", help="write it although words in it may name somebody")
    report.set_defaults(run=_report_library)


def run(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    """Carry out the chosen command. Returns the exit status."""
    try:
        status: int = arguments.run(arguments, load_catalogue)
    except ApqError as error:
        print(error, file=sys.stderr)
        return REFUSED
    return status


@contextmanager
def _telling_of(folder: Path) -> Iterator[None]:
    """Say so where a folder is made on the way; on standard error, since what is printed may be read by a script."""
    was_there = folder.exists()
    yield
    if not was_there and folder.exists():
        print(f"Made the folder {folder}.", file=sys.stderr)


def _example(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    with _telling_of(arguments.file.parent):
        services.create_workspace(arguments.file, services.example(load_catalogue())).close()
    print(arguments.file)
    return DONE


def _export(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    catalogue = load_catalogue()
    opened = services.open_workspace(arguments.file, catalogue, arguments.evaluation, read_only=True)
    opened.workspace.close()
    request = services.ExportRequest(
        opened.evaluation,
        catalogue,
        arguments.to,
        tuple(key for key in services.FORMATS if getattr(arguments, key)),
        include=Include(annexes=tuple(arguments.annex or ()), reply=not arguments.without_reply),
    )
    with _telling_of(arguments.to):
        (pack,) = services.export(request)
    for path in pack.files:
        print(path)
    has_pages = any(path.suffix == ".pdf" for path in pack.files)
    if has_pages and (missing := services.characters_not_shown(opened.evaluation)):
        named = " ".join(missing[:MOST_NAMED]) + (" and others" if len(missing) > MOST_NAMED else "")
        print(f"The PDF has no letters for these, and shows � in their place: {named}", file=sys.stderr)
    return DONE


def _import(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    with _telling_of(arguments.into.parent):
        imported = services.import_packs(arguments.packs, arguments.into, load_catalogue())
    for line in imported.read:
        print(line)
    for sentence in imported.refused:
        print(sentence, file=sys.stderr)
    return REFUSED if imported.refused else DONE


def _check(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    catalogue, status = load_catalogue(), DONE
    for file in arguments.files:
        try:
            print(services.check(file, catalogue))
        except ApqError as error:
            print(error, file=sys.stderr)
            status = REFUSED
    return status


def _template(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    from apq_desktop.exchange.pack_files import template_path

    catalogue, fillable = load_catalogue(), arguments.fillable
    target = template_path(arguments.to, catalogue.edition, fillable=fillable)
    with _telling_of(arguments.to):
        services.ready_folder(arguments.to)
        services.save_template(catalogue, target, fillable=fillable)
    print(target)
    return DONE


def _sheets(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    with _telling_of(arguments.to):
        written = services.save_sheets(load_catalogue(), arguments.to)
    for path in written:
        print(path)
    return DONE


@contextmanager
def _library_in(folder: Path, catalogue: Catalogue) -> Iterator[FolderLibrary]:
    """The library in a folder, with all that colleagues received."""
    from apq_desktop.services.library import open_library
    from apq_desktop.services.receiving import catch_up

    library = open_library(folder, date.today())  # noqa: DTZ011 - the person's own day
    try:
        for sentence in catch_up(library, catalogue).refused:
            print(sentence, file=sys.stderr)
        yield library
    finally:
        library.close()


def _export_library(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    from apq_desktop.services.library_export import LIBRARY_FORMATS, export_library

    catalogue = load_catalogue()
    formats = [key for key in LIBRARY_FORMATS if getattr(arguments, key)]
    with _library_in(arguments.folder, catalogue) as library, _telling_of(arguments.to):
        written = export_library(library, catalogue, arguments.to, formats or ["xlsx"])
    for path in written:
        print(path)
    return DONE


def _report_library(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    from apq_desktop.services import library_report, themes

    catalogue = load_catalogue()
    introduction, omissions = arguments.introduction, arguments.omissions
    with _library_in(arguments.folder, catalogue) as library:
        names = {fold(name): key for key, name in themes.themes_by_name(library)}
        asked = [fold(name) for name in arguments.theme or ()]
        if missing := [name for name in asked if name not in names]:
            print(f"There is no theme of the name {missing[0]}.", file=sys.stderr)
            return REFUSED
        request = library_report.ReportRequest(
            arguments.title,
            library_report.read_text(introduction) if introduction else "",
            tuple(area.key for area in catalogue.areas if area.number in (arguments.area or ())),
            tuple(names[name] for name in asked),
            named=not arguments.unnamed,
            omissions=library_report.read_omissions(omissions) if omissions else {},
        )
        draft = library_report.draft_report(library, catalogue, request)
    for one in library_report.identifying(draft):
        print(f"{one.words}: {one.text}", file=sys.stderr)
    report = library_report.make_report(draft, looked_at=arguments.looked_at)
    with _telling_of(arguments.to):
        written = library_report.write_report(report, arguments.to)
    for path in written:
        print(path)
    return DONE


def _schema(arguments: argparse.Namespace, _load_catalogue: Callable[[], Catalogue]) -> int:
    from apq_desktop.exchange.json import evaluation_json, review_json

    schema = review_json.schema if arguments.reply else evaluation_json.schema
    sys.stdout.write(schema(for_readers=arguments.for_readers))
    return DONE
