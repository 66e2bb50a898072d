"""What the fields of the template are called, so that what is typed there finds its place again.

A field's whole name begins with the mark of the form, such as ``apq-form-1-2022`` (format, its version, edition of
the toolkit), or that of a reply (``content.reply``). Names are kept by whatever program fills the form in and saves it,
unlike any other mark.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from apq_desktop.documents.content.sections import reply

FORMAT = "apq-form"
VERSION = 1
ACTION_ROWS = 4
_MARK = re.compile(rf"({FORMAT}|{reply.FORMAT})-([0-9]{{1,4}})-([A-Za-z0-9-]{{1,20}})")
VERSIONS = {FORMAT: VERSION, reply.FORMAT: reply.VERSION}


class FieldMark(NamedTuple):
    """What a form says of itself. ``about`` is the edition of the toolkit, or the code of what a reply is about."""

    form: str
    version: int
    about: str


def mark(edition: str) -> str:
    """The first part of every field's name."""
    return f"{FORMAT}-{VERSION}-{re.sub('[^A-Za-z0-9]+', '-', edition)[:20]}"


def read_mark(name: str) -> FieldMark | None:
    """The mark in the first part of a field's name, or None where the form is none of ours."""
    found = _MARK.fullmatch(name)
    return FieldMark(found[1], int(found[2]), found[3]) if found else None


def in_area(area: str, part: str) -> str:
    """The name of a field of one area: ``area.needs.strengths``."""
    return f"area.{area}.{part}"


def note(area: str, question: str) -> str:
    """The name of the field for notes on a question: ``area.needs.note.7.1``."""
    return in_area(area, f"note.{question}")


def action(area: str, row: int, part: str) -> str:
    """The name of a field in a row of actions, counted from 1: ``area.needs.action.1.who``."""
    return in_area(area, f"action.{row}.{part}")
