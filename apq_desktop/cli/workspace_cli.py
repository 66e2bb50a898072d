"""The program's jobs without a screen. Exit status: 0 done, 1 refused with one sentence, 2 wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from apq_desktop import services
from apq_desktop.cli.console import DONE, REFUSED, add_json_option, print_json, report
from apq_desktop.cli.library_cli import add_library_command
from apq_desktop.cli.opened_library import telling_of
from apq_desktop.errors import ApqError
from apq_desktop.evaluation.model import CopyFor
from apq_desktop.evaluation.rules.outgoing_copy import ANNEXES, Include
from apq_desktop.toolkit.catalogue import Catalogue

NO_ANSWERS = "There are no answers yet, so no file with answers was written."
MOST_NAMED = 10
"""Characters that a warning names one by one."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the program's parser; each sets ``run``."""
    example = commands.add_parser("example", help="write the worked example as a new workspace")
    example.add_argument("file", type=Path, metavar="FILE.apq")
    example.set_defaults(run=_example)
    _add_export(commands)
    _add_part(commands)
    receive = commands.add_parser("import", help="add evaluations to a workspace")
    receive.add_argument("packs", type=Path, nargs="+", metavar="PACK")
    receive.add_argument("--into", type=Path, required=True, metavar="FILE.apq")
    add_json_option(receive)
    receive.set_defaults(run=_import)
    listing = commands.add_parser("list", help="list the evaluations of a workspace")
    listing.add_argument("file", type=Path, metavar="FILE.apq")
    add_json_option(listing)
    listing.set_defaults(run=_list)
    check = commands.add_parser("check", help="say whether files are whole, and what they hold")
    check.add_argument("files", type=Path, nargs="+", metavar="FILE")
    add_json_option(check)
    check.set_defaults(run=_check)
    template = commands.add_parser("template", help="write a template with nothing in it, to print")
    template.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    template.add_argument("--fillable", action="store_true", help="to fill in on a screen instead")
    template.add_argument("--word", action="store_true", help="as a Word document to fill in instead")
    template.set_defaults(run=_template)
    sheets = commands.add_parser("sheets", help="write sheets to print: questions, a checklist, a review")
    sheets.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    sheets.set_defaults(run=_sheets)
    schema = commands.add_parser("schema", help="print the JSON Schema of the portable formats")
    schema.add_argument("--for-readers", action="store_true", help="the open one, for programs that read")
    schema.add_argument("--reply", action="store_true", help="of a reply instead of an evaluation")
    schema.set_defaults(run=_schema)
    add_library_command(commands)


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
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
    export.add_argument("--answers", action="store_true", help="write your answers too, a file for each reviewer")
    export.set_defaults(run=_export)


def _add_part(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    part = commands.add_parser("part", help="write a part for a colleague, or a copy for a peer; give a part back")
    part.add_argument("file", type=Path, metavar="FILE.apq")
    part.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    part.add_argument("--evaluation", default="", metavar="ID", help="which evaluation; else the one changed last")
    part.add_argument("--areas", default="", metavar="3,6", help="the numbers of the areas; for a peer, else all")
    part.add_argument("--name", default="", help="for whom it is, such as Deputy head")
    part.add_argument("--peer", action="store_true", help="to review, with room for a reply, not to write on")
    part.set_defaults(run=_part)


def run(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    """Carry out the chosen command. Returns the exit status."""
    try:
        status: int = arguments.run(arguments, load_catalogue)
    except ApqError as error:
        print(error, file=sys.stderr)
        return REFUSED
    return status


def _example(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    with telling_of(arguments.file.parent):
        services.create_workspace(arguments.file, services.example(load_catalogue())).close()
    print(arguments.file)
    return DONE


def _export(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    catalogue = load_catalogue()
    opened = services.open_workspace(arguments.file, catalogue, arguments.evaluation, read_only=True)
    with opened.workspace:
        return _export_opened(arguments, opened, catalogue)


def _export_opened(arguments: argparse.Namespace, opened: services.Opened, catalogue: Catalogue) -> int:
    request = services.ExportRequest(
        opened.evaluation,
        catalogue,
        arguments.to,
        tuple(key for key in services.FORMATS if getattr(arguments, key)),
        include=Include(annexes=tuple(arguments.annex or ()), reply=not arguments.without_reply),
    )
    with telling_of(arguments.to):
        (pack,) = services.export(request)
    for path in pack.files:
        print(path)
    if arguments.answers:
        _save_answers(opened, pack.files[0])
    has_pages = any(path.suffix == ".pdf" for path in pack.files)
    if has_pages and (missing := services.characters_not_shown(opened.evaluation)):
        named = " ".join(missing[:MOST_NAMED]) + (" and others" if len(missing) > MOST_NAMED else "")
        print(f"The PDF has no letters for these, and shows � in their place: {named}", file=sys.stderr)
    return DONE


def _save_answers(opened: services.Opened, pack: Path) -> None:
    """Write the answers to everybody who reviewed beside a pack, and print where."""
    held, evaluation = opened.workspace, opened.evaluation
    written = [path for peers in (False, True) for path in services.save_answers(held, evaluation, pack, peers=peers)]
    for path in written:
        print(path)
    if not written:
        print(NO_ANSWERS, file=sys.stderr)


def _part(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    catalogue = load_catalogue()
    areas = services.areas_by_number(catalogue, arguments.areas)
    opened = services.open_workspace(arguments.file, catalogue, arguments.evaluation)
    if opened.evaluation.copy_for == "colleague":
        opened.workspace.close()
        with telling_of(arguments.to):
            print(services.give_back(opened.evaluation, catalogue, arguments.to))
        return DONE
    with opened.workspace as held, telling_of(arguments.to):
        whom: CopyFor = "peer" if arguments.peer else "colleague"
        pack, not_noted = services.give(held, opened.evaluation, catalogue, arguments.to, whom, arguments.name, areas)
    for path in pack.files:
        print(path)
    if not_noted:
        print(services.NOT_NOTED.format(reason=not_noted), file=sys.stderr)
    return REFUSED if not_noted else DONE


def _import(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    with telling_of(arguments.into.parent):
        imported = services.import_packs(arguments.packs, arguments.into, load_catalogue())
    return report(asdict(imported), imported.read, imported.refused, as_json=arguments.json)


def _list(arguments: argparse.Namespace, _load_catalogue: Callable[[], Catalogue]) -> int:
    headings = services.evaluations_in(arguments.file)
    shown = ((one.id, one.changed, one.title, one.setting_name, *["archived"] * one.archived) for one in headings)
    return report([asdict(one) for one in headings], map("\t".join, shown), as_json=arguments.json)


def _check(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    catalogue, status = load_catalogue(), DONE
    found: list[dict[str, object]] = []
    for file in arguments.files:
        try:
            found.append({"file": str(file), "whole": True, "says": services.check(file, catalogue)})
        except ApqError as error:
            found.append({"file": str(file), "whole": False, "says": str(error)})
            status = REFUSED
        if not arguments.json:
            print(found[-1]["says"], file=sys.stdout if found[-1]["whole"] else sys.stderr)
    if arguments.json:
        print_json(found)
    return status


def _template(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    from apq_desktop.exchange.pack_files import template_path

    catalogue, fillable = load_catalogue(), arguments.fillable or arguments.word
    target = template_path(arguments.to, catalogue.edition, fillable=fillable, word=arguments.word)
    with telling_of(arguments.to):
        services.ready_folder(arguments.to)
        services.save_template(catalogue, target, fillable=fillable)
    print(target)
    return DONE


def _sheets(arguments: argparse.Namespace, load_catalogue: Callable[[], Catalogue]) -> int:
    with telling_of(arguments.to):
        written = services.save_sheets(load_catalogue(), arguments.to)
    for path in written:
        print(path)
    return DONE


def _schema(arguments: argparse.Namespace, _load_catalogue: Callable[[], Catalogue]) -> int:
    from apq_desktop.exchange.json import evaluation_json
    from apq_desktop.exchange.json.reviews import review_json

    schema = review_json.schema if arguments.reply else evaluation_json.schema
    sys.stdout.write(schema(for_readers=arguments.for_readers))
    return DONE
