"""The whole PDF of one evaluation, its digest, its action plan or its index of standards, as bytes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.content.outline import digest, footer, plan, proof, story, title
from apq_desktop.documents.pdf.flowables import fill
from apq_desktop.documents.pdf.layout import Blanks, Layout
from apq_desktop.documents.pdf.page_canvas import Pages
from apq_desktop.documents.pdf.pdf_a import PdfDetails
from apq_desktop.documents.pdf.post_process import Data, finished
from apq_desktop.documents.pdf.styles import FOOTER, HEADER, PAGE, TEXTS
from apq_desktop.documents.text.typesetter import Typesetter
from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include
from apq_desktop.toolkit.catalogue import Catalogue

Progress = Callable[[float], None]


class Foot(NamedTuple):
    """What stands at the foot of every page beside its number: what document it is, and the code of its data."""

    text: str
    code: str = ""


_SETTING = 0.75
"""The share of the whole work that setting the pages takes; the rest is finishing the file."""


def not_told(_share: float) -> None:
    """Tell nobody how much is done."""


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for circles among some hundred thousand objects, of which none is lost meanwhile."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_no_collection()
def pdf(
    evaluation: Evaluation,
    catalogue: Catalogue,
    *,
    code: str = "",
    include: Include = EVERYTHING,
    data: Data | None = None,
    progress: Progress = not_told,
    blanks: Blanks | None = None,
) -> bytes:
    """The bytes of the completed template as a PDF: the same for the same evaluation.

    ``code`` is the short code of the data that goes with it, printed at the foot of every page. ``data`` is attached
    under its name, which ends in ``.json``; ``attachment.attached_data`` reads it back. ``progress`` is told how much
    is done, from 0 to 1.
    ``blanks`` is needed where room for a reply is included.
    """
    document = story(evaluation, catalogue, code=code, include=include)
    about = replace(_about(evaluation), keywords=include.words())
    return printed(document, about, Foot(footer(evaluation), code), data, progress, blanks=blanks)


def digest_pdf(evaluation: Evaluation, catalogue: Catalogue, *, code: str = "", include: Include = EVERYTHING) -> bytes:
    """The bytes of the digest as a PDF: the first page, the areas on one page, and the action plan."""
    document = digest(evaluation, catalogue, code=code, include=include)
    return printed(document, _about(evaluation, "digest"), Foot(footer(evaluation), code))


def action_plan_pdf(evaluation: Evaluation, catalogue: Catalogue, actions: Sequence[Action] | None = None) -> bytes:
    """The bytes of a PDF with the actions given, else all: a plan that staff can work from."""
    document = plan(evaluation, catalogue, actions)
    return printed(document, _about(evaluation, "action plan"), Foot(footer(evaluation)))


def standards_pdf(evaluation: Evaluation, catalogue: Catalogue) -> bytes:
    """The bytes of a PDF that says where the proof stands, by the lists of standards."""
    return printed(proof(evaluation, catalogue), _about(evaluation, "where the proof stands"), Foot(footer(evaluation)))


def _about(evaluation: Evaluation, part: str = "") -> PdfDetails:
    name = f"{title(evaluation)}, {part}" if part else title(evaluation)
    return PdfDetails(name, evaluation.setting.name, evaluation.created, evaluation.changed)


@_no_collection()
def printed(
    document: Element,
    about: PdfDetails,
    foot: Foot,
    data: Data | None = None,
    progress: Progress = not_told,
    *,
    blanks: Blanks | None = None,
) -> bytes:
    """The bytes of a document as a PDF, with ``foot`` on every page.

    ``blanks`` sets what is to be filled in, where there is any.
    """
    typesetter, pages = Typesetter(), Pages("")
    layout = Layout(document, typesetter, blanks)
    running = partial(_around, foot, typesetter, pages)
    fill(pages, layout.flowables, running, lambda share: progress(_SETTING * share))
    pages.save()
    return finished(document, about, typesetter, pages, data, blanks.add_fields if blanks else None)


def _around(foot: Foot, typesetter: Typesetter, pages: Pages) -> None:
    """Around the text of every page: whose it is, its number among all pages, and what goes on from the page before."""
    style = TEXTS["footer"]
    left, _, width, _ = PAGE
    page = pages.page

    def draw(later: Pages, count: int) -> None:
        number = f"Page {page + 1} of {count}"
        right = typesetter.line(f"Code {foot.code} · {number}" if foot.code else number, style)
        line = typesetter.shortened(foot.text, style, width - right.width - 20)
        if goes_on := later.going_on(page):
            title = typesetter.shortened(f"{goes_on}, continued", style, width)
            later.text(None, [(left, HEADER, title)], style.size)
        later.text(None, [(left, FOOTER, line)], style.size)
        later.text(None, [(left + width - right.width, FOOTER, right)], style.size)

    pages.later(draw)
