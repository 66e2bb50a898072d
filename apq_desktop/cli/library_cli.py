"""The command ``library``: what was received is kept, listed, checked, answered, taken out and copied."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.errors import FileRefusedError
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library, Revision
    from apq_desktop.services.libraries.receiving import Receipt
    from apq_desktop.services.locality.library_report import ReportRequest

DONE, REFUSED = 0, 1
NO_THEME = "no theme of this library has this name."
NO_SUCH = "no evaluation of this id is in the library. The list shows the ids."
NO_FILE = "no file of this name holds this evaluation."
_LoadCatalogue = Callable[[], Catalogue]
_Run = Callable[[argparse.Namespace, _LoadCatalogue], int]


def add_library_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what it can do; each sets ``run``."""
    from apq_desktop.services.locality.library_export import LIBRARY_FORMATS

    library = commands.add_parser("library", help="keep, list, check, answer and take out what was received")
    jobs = library.add_subparsers(dest="job", required=True)

    def job(name: str, help_text: str, run: _Run) -> argparse.ArgumentParser:
        added = jobs.add_parser(name, help=help_text)
        added.add_argument(
            "library",
            metavar="LIBRARY",
            help="its folder, or its address on a server: postgresql://user@computer/database",
        )
        added.set_defaults(run=run)
        return added

    job("create", "make a library in an empty folder", _create)
    add = job("add", "receive packs, and all in folders among them", _add)
    add.add_argument("packs", type=Path, nargs="+", metavar="PACK")
    add.add_argument("--again", action="store_true", help="also what was taken out before")
    job("list", "one line for each evaluation: its id, setting, revision, state, and whom it waits for", _list)
    job("check", "say what is in it, and what is not whole", _check)
    job("show", "say what was written about it, with the words before and after", _show).add_argument(
        "evaluation", metavar="ID"
    )
    _add_reply_options(job("reply", "write the reply to a setting", _reply))
    remove = job("remove", "take an evaluation out for good, with what was written about it", _remove)
    remove.add_argument("evaluation", metavar="ID")
    remove.add_argument("--revision", type=int, default=0, metavar="N", help="only this revision")
    remove.add_argument("--file", default="", metavar="NAME", help="only the file that came under this name")
    export = job("export", "write tables for spreadsheets, texts for coding, and dates of reviews", _export)
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    for key, about in LIBRARY_FORMATS.items():
        export.add_argument(f"--{key}", action="store_true", help=f"write {about}")
    _add_report_options(job("report", "write a report of areas and themes as PDF, web page and Word document", _report))
    job("rebuild", "make the index on this computer anew", _rebuild)
    copy = job("copy", "copy it to a stick, a folder or a server, or bring an earlier copy up to date", _copy)
    copy.add_argument("target", metavar="FOLDER")


def _add_reply_options(reply: argparse.ArgumentParser) -> None:
    reply.add_argument("evaluation", metavar="ID")
    reply.add_argument("--to", type=Path, required=True, metavar="FILE.json")
    reply.add_argument("--pdf", action="store_true", help="also a PDF letter that carries the reply, beside it")
    reply.add_argument("--organisation", default="", help="who replies, as the setting knows them")
    reply.add_argument("--role", default="", help="whose reply it is, such as School improvement officer")


def _add_report_options(report: argparse.ArgumentParser) -> None:
    report.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    report.add_argument("--title", default="What settings write", help="its title")
    report.add_argument("--introduction", type=Path, metavar="FILE.txt", help="a text to begin with")
    report.add_argument("--area", action="append", type=int, metavar="NUMBER", help="an area; can be repeated")
    report.add_argument("--theme", action="append", metavar="NAME", help="a theme; can be repeated")
    report.add_argument("--unnamed", action="store_true", help="without the settings’ names")
    report.add_argument("--omissions", type=Path, metavar="FILE.json", help="words, each with the same words shortened")
    report.add_argument("--looked-at", action="store_true", help="write it although words in it may name somebody")


@contextmanager
def telling_of(folder: Path) -> Iterator[None]:
    """Say so where a folder is made on the way; on standard error, since what is printed may be read by a script."""
    was_there = folder.exists()
    yield
    if not was_there and folder.exists():
        print(f"Made the folder {folder}.", file=sys.stderr)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _ask(address: str) -> str:
    return getpass(f"Password for {address}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


@contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[Library]:
    from apq_desktop.services.libraries.server_libraries import open_place

    library = open_place(arguments.library, _today(), _ask)
    try:
        yield library
    finally:
        library.close()


def _create(arguments: argparse.Namespace, _load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.services.libraries.server_libraries import create_place

    create_place(arguments.library, _today(), _ask).close()
    print(arguments.library)
    return DONE


def _add(arguments: argparse.Namespace, load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.services.libraries.receiving import catch_up, receive

    catalogue = load_catalogue()
    with _opened(arguments) as library:
        catch_up(library, catalogue)
        return _tell(receive(library, arguments.packs, catalogue, again=arguments.again))


def _tell(receipt: Receipt) -> int:
    for arrived in receipt.arrived:
        print(" ".join((f"{arrived.path}: {arrived.outcome}.", *arrived.remarks)))
    for sentence in receipt.refused:
        print(sentence, file=sys.stderr)
    return REFUSED if receipt.refused else DONE


def _list(arguments: argparse.Namespace, load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.services.libraries.receiving import catch_up

    with _opened(arguments) as library:
        catch_up(library, load_catalogue())
        for one in library.providers():
            waits = {"": "", "reviewer": ", waits for us", "setting": ", waits for them"}[one.standing.waits_for]
            state = one.standing.word.replace("-", " ")
            print(f"{one.evaluation}\t{one.name}\trevision {one.number}\t{state}{waits}")
    return DONE


def _check(arguments: argparse.Namespace, _load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.services.libraries.server_libraries import check_place

    checked = check_place(arguments.library, _ask)
    for problem in checked.problems:
        print(problem, file=sys.stderr)
    whole = "whole. " if not checked.problems else ""
    print(f"{arguments.library}: {whole}Files: {checked.packs:,}. Lines in journals: {checked.lines:,}.")
    return REFUSED if checked.problems else DONE


def _reply(arguments: argparse.Namespace, load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.services.libraries.receiving import catch_up
    from apq_desktop.services.libraries.replying import letter_path, make_reply

    catalogue = load_catalogue()
    with _opened(arguments) as library:
        catch_up(library, catalogue)
        newest = _revisions(library, arguments)[-1]
        who = {"organisation": arguments.organisation, "role": arguments.role}
        print(make_reply(library, newest, arguments.to, catalogue, letter=arguments.pdf, **who))
    if arguments.pdf:
        print(letter_path(arguments.to))
    return DONE


def _show(arguments: argparse.Namespace, load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.review.told_notes import as_text
    from apq_desktop.services.libraries.open_library import exchange
    from apq_desktop.services.libraries.receiving import catch_up
    from apq_desktop.services.libraries.replying import placed_in, titles_of

    catalogue = load_catalogue()
    with _opened(arguments) as library:
        catch_up(library, catalogue)
        newest = _revisions(library, arguments)[-1]
        stands = exchange(library, newest.evaluation)
        placed = placed_in(library, newest, catalogue, stands)
    for line in as_text(stands, placed, titles_of(catalogue), "reviewer"):
        print(line)
    return DONE


def _remove(arguments: argparse.Namespace, load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.services.libraries import open_library as services
    from apq_desktop.services.libraries.receiving import catch_up

    with _opened(arguments) as library:
        catch_up(library, load_catalogue())
        found = [one for one in _revisions(library, arguments) if arguments.revision in {0, one.number}]
        if arguments.file:
            _remove_file(library, found, arguments.file)
        elif arguments.revision:
            for one in found:
                services.remove_revision(library, one)
        else:
            services.remove_evaluation(library, arguments.evaluation)
    print(f"{arguments.evaluation}: taken out.")
    return DONE


def _remove_file(library: Library, revisions: list[Revision], name: str) -> None:
    from apq_desktop.services.libraries.open_library import remove_pack

    named = [pack for one in revisions for pack, known in library.names_of(one).items() if known == name]
    if not named:
        raise FileRefusedError(name, NO_FILE)
    for pack in named:
        remove_pack(library, pack)


def _revisions(library: Library, arguments: argparse.Namespace) -> list[Revision]:
    found = library.revisions(arguments.evaluation)
    numbers = {one.number for one in found}
    if not found or getattr(arguments, "revision", 0) not in {0, *numbers}:
        raise FileRefusedError(arguments.evaluation, NO_SUCH)
    return found


def _rebuild(arguments: argparse.Namespace, load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.services.libraries.receiving import catch_up

    with _opened(arguments) as library:
        library.rebuild()
        return _tell(catch_up(library, load_catalogue()))


def _copy(arguments: argparse.Namespace, _load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.services.libraries.server_libraries import copy_place

    copy_place(arguments.library, arguments.target, _ask)
    print(f"{arguments.target}: the copy holds everything now.")
    return DONE


def _export(arguments: argparse.Namespace, load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.services.libraries.receiving import catch_up
    from apq_desktop.services.locality.library_export import LIBRARY_FORMATS, export_library

    catalogue = load_catalogue()
    formats = [key for key in LIBRARY_FORMATS if getattr(arguments, key)]
    with _opened(arguments) as library, telling_of(arguments.to):
        catch_up(library, catalogue)
        for path in export_library(library, catalogue, arguments.to, formats or ["xlsx"]):
            print(path)
    return DONE


def _report(arguments: argparse.Namespace, load_catalogue: _LoadCatalogue) -> int:
    from apq_desktop.services.libraries.receiving import catch_up
    from apq_desktop.services.locality import library_report

    catalogue = load_catalogue()
    with _opened(arguments) as library:
        catch_up(library, catalogue)
        draft = library_report.draft_report(library, catalogue, _report_wanted(library, arguments, catalogue))
    for one in library_report.identifying(draft):
        print(f"{one.words}: {one.text}", file=sys.stderr)
    report = library_report.make_report(draft, looked_at=arguments.looked_at)
    with telling_of(arguments.to):
        for path in library_report.write_report(report, arguments.to):
            print(path)
    return DONE


def _report_wanted(library: Library, arguments: argparse.Namespace, catalogue: Catalogue) -> ReportRequest:
    from apq_desktop.services.locality import library_report, themes

    introduction, omissions = arguments.introduction, arguments.omissions
    names = {fold(name): key for key, name in themes.themes_by_name(library)}
    asked = [fold(name) for name in arguments.theme or ()]
    if missing := [name for name in asked if name not in names]:
        raise FileRefusedError(missing[0], NO_THEME)
    return library_report.ReportRequest(
        arguments.title,
        library_report.read_text(introduction) if introduction else "",
        tuple(area.key for area in catalogue.areas if area.number in (arguments.area or ())),
        tuple(names[name] for name in asked),
        named=not arguments.unnamed,
        omissions=library_report.read_omissions(omissions) if omissions else {},
    )
