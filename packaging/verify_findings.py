#!/usr/bin/env python3
"""Lists each finding of the guidance with the lines around its place in the source, for a person to hold together.

    .venv/bin/python packaging/verify_findings.py FOLDER [AREA ...]      FOLDER holds the sources as .txt

Made by `pdftotext -layout` or by hand; the file's beginning must hold the document's title. Pages are found by form
feeds. Without them the share of an area's pages is taken, so that the lines may begin or end a little beside the page.
Nothing is written. Ends with 1 where a document or a place was not found.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from itertools import pairwise
from pathlib import Path

from apq_desktop import paths
from apq_desktop.toolkit.catalogue import TOOLKIT, Area, Catalogue, Guidance, Source
from apq_desktop.toolkit.loader import load

BEGINNING = 3_000
"""Characters in which a document's title stands."""
BESIDE_PAGE = 0.4
"""How much of the pages before and after is shown where pages are only guessed."""
LAST_PAGE = 77
"""Where the last area ends in the toolkit. Notes follow."""
UNDER_HEADING = 24
"""Lines shown below a heading."""


def words(text: str) -> str:
    """The words alone, in small letters, so that signs and line ends do not matter."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def document(source: Source, texts: list[str]) -> str:
    """The text whose beginning holds the title of the source first, or nothing."""
    title = words(re.sub(r"\(.*?\)", "", source.title))
    found = [(place, text) for text in texts if (place := words(text[:BEGINNING]).find(title)) >= 0]
    return min(found)[1] if found else ""


def area_lines(text: str, area: Area) -> list[str]:
    """The lines of one area in the toolkit. Each of them ends with its own questions."""
    lines = text.splitlines()
    ends = [n for n, line in enumerate(lines) if line.strip() == "Evaluative questions"]
    if len(ends) < area.number:
        return []
    first = next((n for n, line in enumerate(lines) if line.startswith("1.1.")), 0)
    return lines[([first, *ends])[area.number - 1] : ends[area.number - 1]]


def page_lines(text: str, area: Area, page: int, last: int) -> list[str]:
    """The lines of a page: between form feeds, or by the page's share of its area."""
    pages = text.split("\f")
    if len(pages) > page:
        return pages[page - 1].splitlines()
    lines = [line for line in area_lines(text, area) if line.strip()]
    sizes = [0]
    for line in lines:
        sizes.append(sizes[-1] + len(line))
    each = sizes[-1] / (last - area.page + 1)
    start, end = (page - area.page - BESIDE_PAGE) * each, (page - area.page + 1 + BESIDE_PAGE) * each
    return [
        line for line, (before, after) in zip(lines, pairwise(sizes), strict=True) if before < end and after > start
    ]


def section_lines(lines: list[str], section: str) -> list[str]:
    """The lines of a numbered section, strand, recommendation or paragraph, or those below a heading."""
    kind, _, number = section.rpartition(" ")
    if kind == "paragraph":
        paragraphs = [line for line in lines if len(line) > 100]
        return paragraphs[int(number) - 1 : int(number)]
    if section[0].isdigit():
        begins, ends = rf"{re.escape(section)}\.? ", r"\d+\.\d+\. "
    elif kind in ("strand", "recommendation"):
        begins = ends = rf"{'- ' if kind == 'recommendation' else ''}NUMBER\. "
        begins, ends = begins.replace("NUMBER", number), ends.replace("NUMBER", r"\d+")
    else:
        at = next((n for n, line in enumerate(lines) if words(line) == words(section)), len(lines))
        return lines[at : at + UNDER_HEADING]
    at = next((n for n, line in enumerate(lines) if re.match(begins, line)), len(lines))
    after = (n for n in range(at + 1, len(lines)) if re.match(ends, lines[n]))
    return lines[at : min(next(after, len(lines)), at + 2 * UNDER_HEADING)]


def places(point: Guidance, area: Area, text: str, last: int) -> dict[str, list[str]]:
    """What stands at each place that a point names, by the place's name."""
    if not point.sections:
        return {f"p. {point.page}": page_lines(text, area, point.page, last)}
    lines = area_lines(text, area) if point.source == TOOLKIT else text.splitlines()
    return {section: section_lines(lines, section) for section in point.sections}


def show(catalogue: Catalogue, texts: list[str], numbers: list[int]) -> int:
    """Print findings and lines. Returns how many documents or places were not found."""
    found = {source.key: document(source, texts) for source in catalogue.sources}
    missing = sum(not text for text in found.values())
    ends = [area.page - 1 for area in catalogue.areas[1:]] + [LAST_PAGE]
    for area, last in zip(catalogue.areas, ends, strict=True):
        for n, point in enumerate(area.guidance if not numbers or area.number in numbers else (), 1):
            print(f"\n\n=== Area {area.number}, point {n}: {catalogue.reference(point)}\n")
            print(textwrap.fill(point.finding, 116))
            for place, lines in places(point, area, found[point.source], last).items():
                missing += not lines
                print(f"\n--- {place}{'' if lines else ': NOT FOUND'}")
                for line in filter(str.strip, lines):
                    print(textwrap.fill(line.strip(), 112, initial_indent="  | ", subsequent_indent="  | "))
    return missing


def main() -> int:
    """Read the sources and list what is to be held together. Returns the exit status."""
    parser = argparse.ArgumentParser(description="List each finding with the lines of its source.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("areas", type=int, nargs="*", metavar="AREA")
    chosen = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(chosen.folder.glob("*.txt"))]
    missing = show(load(paths.forms()), texts, chosen.areas)
    print(f"\n{missing} documents or places not found", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
