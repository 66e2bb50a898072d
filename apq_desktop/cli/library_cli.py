"""The command ``library``: what was received is kept, listed, checked, answered, taken out and copied."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.cli.console import DONE, add_json_option, report
from apq_desktop.cli.library_report_cli import add_report_options, write_report
from apq_desktop.cli.library_show_cli import check_library, list_library, show_exchange
from apq_desktop.cli.opened_library import LoadCatalogue, ask_password, opened_library, revisions_of, telling_of, today
from apq_desktop.errors import FileRefusedError

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library, Revision
    from apq_desktop.services.libraries.receiving import Receipt

NO_FILE = "no file of this name holds this evaluation."


def add_library_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what it can do; each sets ``run``."""
    library = commands.add_parser("library", help="keep, list, check, answer and take out what was received")
    jobs = library.add_subparsers(dest="job", required=True)

    def job(
        name: str, help_text: str, run: Callable[[argparse.Namespace, LoadCatalogue], int]
    ) -> argparse.ArgumentParser:
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
    listed = "one line for each evaluation: id, setting, revision, state and whom it waits for, tags"
    listing = job("list", listed, list_library)
    _add_tag_options(listing, job("tag", "give a setting a tag of your own, or take it away", _tag))
    check = job("check", "say what is in it, and what is not whole", check_library)
    show = job("show", "say what was written about it, with the words before and after", show_exchange)
    show.add_argument("evaluation", metavar="ID")
    _add_reply_options(job("reply", "write the reply to a setting", _reply))
    _add_remove_options(job("remove", "take an evaluation out for good, with what was written about it", _remove))
    _add_export_options(job("export", "write tables for spreadsheets, texts for coding, and dates of reviews", _export))
    add_report_options(
        job("report", "write a report of areas and themes as PDF, web page and Word document", write_report)
    )
    rebuild = job("rebuild", "make the index on this computer anew", _rebuild)
    copy = job("copy", "copy it to a stick, a folder or a server, or bring an earlier copy up to date", _copy)
    copy.add_argument("target", metavar="FOLDER")
    for each in (add, listing, check, show, rebuild):
        add_json_option(each)


def _add_tag_options(listed: argparse.ArgumentParser, tag: argparse.ArgumentParser) -> None:
    listed.add_argument("--tag", default="", help="only of settings that carry this tag")
    tag.add_argument("evaluation", metavar="ID")
    tag.add_argument("tag", metavar="TAG")
    tag.add_argument("--for-me", action="store_true", help="for you alone: it stays on this computer")
    tag.add_argument("--take-away", action="store_true", help="take away what you gave")


def _add_remove_options(remove: argparse.ArgumentParser) -> None:
    remove.add_argument("evaluation", metavar="ID")
    remove.add_argument("--revision", type=int, default=0, metavar="N", help="only this revision")
    remove.add_argument("--file", default="", metavar="NAME", help="only the file that came under this name")


def _add_export_options(export: argparse.ArgumentParser) -> None:
    from apq_desktop.services.locality.library_export import LIBRARY_FORMATS

    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    for key, about in LIBRARY_FORMATS.items():
        export.add_argument(f"--{key}", action="store_true", help=f"write {about}")


def _add_reply_options(reply: argparse.ArgumentParser) -> None:
    reply.add_argument("evaluation", metavar="ID")
    reply.add_argument("--to", type=Path, required=True, metavar="FILE.json")
    reply.add_argument("--pdf", action="store_true", help="also a PDF letter that carries the reply, beside it")
    reply.add_argument("--organisation", default="", help="who replies, as the setting knows them")
    reply.add_argument("--role", default="", help="whose reply it is, such as School improvement officer")


def _create(arguments: argparse.Namespace, _load_catalogue: LoadCatalogue) -> int:
    from apq_desktop.services.libraries.server_libraries import create_place

    create_place(arguments.library, today(), ask_password).close()
    print(arguments.library)
    return DONE


def _add(arguments: argparse.Namespace, load_catalogue: LoadCatalogue) -> int:
    from apq_desktop.services.libraries.receiving import receive

    catalogue = load_catalogue()
    with opened_library(arguments, catalogue) as library:
        receipt = receive(library, arguments.packs, catalogue, again=arguments.again)
    lines = [" ".join((f"{arrived.path}: {arrived.outcome}.", *arrived.remarks)) for arrived in receipt.arrived]
    return _tell(receipt, lines, as_json=arguments.json)


def _tell(receipt: Receipt, lines: list[str], *, as_json: bool) -> int:
    values = {"arrived": [asdict(one) for one in receipt.arrived], "refused": receipt.refused}
    return report(values, lines, receipt.refused, as_json=as_json)


def _tag(arguments: argparse.Namespace, load_catalogue: LoadCatalogue) -> int:
    from apq_desktop.services.libraries.open_library import default_audience
    from apq_desktop.services.locality.tags import give_tag, take_tag_away

    with opened_library(arguments, load_catalogue()) as library:
        provider = revisions_of(library, arguments)[-1].provider
        if arguments.take_away:
            take_tag_away(library, provider, arguments.tag)
        else:
            audience = "me" if arguments.for_me else default_audience(library)
            give_tag(library, provider, arguments.tag, audience=audience)
    return DONE


def _reply(arguments: argparse.Namespace, load_catalogue: LoadCatalogue) -> int:
    from apq_desktop.services.libraries.replying import letter_path, make_reply

    catalogue = load_catalogue()
    with opened_library(arguments, catalogue) as library:
        newest = revisions_of(library, arguments)[-1]
        who = {"organisation": arguments.organisation, "role": arguments.role}
        print(make_reply(library, newest, arguments.to, catalogue, letter=arguments.pdf, **who))
    if arguments.pdf:
        print(letter_path(arguments.to))
    return DONE


def _remove(arguments: argparse.Namespace, load_catalogue: LoadCatalogue) -> int:
    from apq_desktop.services.libraries import open_library as services

    with opened_library(arguments, load_catalogue()) as library:
        found = [one for one in revisions_of(library, arguments) if arguments.revision in {0, one.number}]
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


def _rebuild(arguments: argparse.Namespace, load_catalogue: LoadCatalogue) -> int:
    from apq_desktop.services.libraries.receiving import catch_up
    from apq_desktop.services.libraries.server_libraries import open_place

    with closing(open_place(arguments.library, today(), ask_password)) as library:
        library.rebuild()
        receipt = catch_up(library, load_catalogue())
    line = f"{arguments.library}: the index is made anew. Files: {len(receipt.arrived):,}."
    return _tell(receipt, [line], as_json=arguments.json)


def _copy(arguments: argparse.Namespace, _load_catalogue: LoadCatalogue) -> int:
    from apq_desktop.services.libraries.server_libraries import copy_place

    copy_place(arguments.library, arguments.target, ask_password)
    print(f"{arguments.target}: the copy holds everything now.")
    return DONE


def _export(arguments: argparse.Namespace, load_catalogue: LoadCatalogue) -> int:
    from apq_desktop.services.locality.library_export import LIBRARY_FORMATS, export_library

    catalogue = load_catalogue()
    formats = [key for key in LIBRARY_FORMATS if getattr(arguments, key)]
    with opened_library(arguments, catalogue) as library, telling_of(arguments.to):
        for path in export_library(library, catalogue, arguments.to, formats or ["xlsx"]):
            print(path)
    return DONE
