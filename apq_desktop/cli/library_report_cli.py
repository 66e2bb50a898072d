"""The command ``library report``: a report of areas and themes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.cli.console import DONE
from apq_desktop.cli.opened_library import LoadCatalogue, opened_library, telling_of
from apq_desktop.errors import FileRefusedError
from apq_desktop.evaluation.text.search_folding import fold

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.services.locality.library_report import ReportRequest
    from apq_desktop.toolkit.catalogue import Catalogue

NO_THEME = "no theme of this library has this name."


def add_report_options(report: argparse.ArgumentParser) -> None:
    """Add what a report can be of."""
    report.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder to write into")
    report.add_argument("--title", default="What settings write", help="its title")
    report.add_argument("--introduction", type=Path, metavar="FILE.txt", help="a text to begin with")
    report.add_argument("--area", action="append", type=int, metavar="NUMBER", help="an area; can be repeated")
    report.add_argument("--theme", action="append", metavar="NAME", help="a theme; can be repeated")
    report.add_argument("--unnamed", action="store_true", help="without the settings’ names")
    report.add_argument("--omissions", type=Path, metavar="FILE.json", help="words, each with the same words shortened")
    report.add_argument("--looked-at", action="store_true", help="write it although words in it may name somebody")


def write_report(arguments: argparse.Namespace, load_catalogue: LoadCatalogue) -> int:
    """Write it, and say which words may name somebody. Returns the exit status."""
    from apq_desktop.services.locality import library_report

    catalogue = load_catalogue()
    with opened_library(arguments, catalogue) as library:
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
