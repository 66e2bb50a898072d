"""The whole PDF of one evaluation, or of its action plan, as bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial

from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from apq_desktop.documents.content.outline import footer, plan, story, title
from apq_desktop.documents.content.tree import Element
from apq_desktop.documents.pdf.layout import Blanks, Layout
from apq_desktop.documents.pdf.page_canvas import Pages
from apq_desktop.documents.pdf.pdf_a import About
from apq_desktop.documents.pdf.post_process import Data, finished
from apq_desktop.documents.pdf.styles import FOOTER, LANDSCAPE, PORTRAIT, TEXTS, Sheet
from apq_desktop.documents.text.typesetter import Typesetter
from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include
from apq_desktop.toolkit.catalogue import Catalogue

Progress = Callable[[float], None]
_SETTING = 0.75
"""The share of the whole work that setting the pages takes; the rest is finishing the file."""


def not_told(_share: float) -> None:
    """Tells nobody how much is done."""


class _Told:
    """ReportLab's account of its progress, as a share of the whole work."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._all = progress, 1

    def __call__(self, kind: str, value: int) -> None:
        if kind == "SIZE_EST":
            self._all = max(value, 1)
        elif kind == "PROGRESS":
            self._progress(_SETTING * min(value / self._all, 1))


def pdf(
    evaluation: Evaluation,
    catalogue: Catalogue,
    *,
    code: str = "",
    include: Include = EVERYTHING,
    data: Data | None = None,
    progress: Progress = not_told,
) -> bytes:
    """The bytes of the completed template as a PDF: the same for the same evaluation.

    ``code`` is the short code of the data that goes with it, printed on the first page. ``data`` is attached under
    its name, which ends in ``.json``; ``attachment.attached_data`` reads it back. ``progress`` is told how much is
    done, from 0 to 1.
    """
    document = story(evaluation, catalogue, code=code, include=include)
    return printed(document, _about(evaluation), footer(evaluation), data, progress)


def action_plan_pdf(evaluation: Evaluation, catalogue: Catalogue, actions: Sequence[Action]) -> bytes:
    """The bytes of a PDF with the actions given: a plan that staff can work from."""
    return printed(plan(evaluation, catalogue, actions), _about(evaluation), footer(evaluation))


def _about(evaluation: Evaluation) -> About:
    return About(title(evaluation), evaluation.setting.name, evaluation.created, evaluation.changed)


def printed(
    document: Element,
    about: About,
    running_foot: str,
    data: Data | None = None,
    progress: Progress = not_told,
    *,
    blanks: Blanks | None = None,
) -> bytes:
    """The bytes of a document as a PDF, with ``running_foot`` on every page.

    ``blanks`` sets what is to be filled in, where there is any.
    """
    typesetter = Typesetter()
    buffer = io.BytesIO()
    template = BaseDocTemplate(buffer)
    running = partial(_footer, running_foot, typesetter)
    layout = Layout(document, typesetter, blanks)
    sheets = sorted((PORTRAIT, LANDSCAPE), key=lambda sheet: sheet is not layout.first_sheet)
    template.addPageTemplates([_page(sheet, running) for sheet in sheets])
    kept: list[Pages] = []

    def pages(*arguments: object, **options: object) -> Pages:
        kept.append(Pages(*arguments, **{**options, "invariant": 1, "pageCompression": 0}))
        return kept[0]

    template.setProgressCallBack(_Told(progress))
    template.build(layout.flowables, canvasmaker=pages)
    return finished(
        buffer.getvalue(), document, about, typesetter, kept[0], data, blanks.add_fields if blanks else None
    )


def _page(sheet: Sheet, running: Callable[[Sheet, Pages], None]) -> PageTemplate:
    frame = Frame(*sheet.box, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    return PageTemplate(sheet.name, [frame], pagesize=sheet.size, onPage=lambda pages, _: running(sheet, pages))


def _footer(text: str, typesetter: Typesetter, sheet: Sheet, pages: Pages) -> None:
    """Below the text of every page: what evaluation this is, and the page's number among all pages."""
    style = TEXTS["footer"]
    left, _, width, _ = sheet.box
    number = pages.page + 1

    def draw(later: Pages, count: int) -> None:
        line = typesetter.shortened(text, style, width - 100)
        later.text(None, [(left, FOOTER, line)], style.size)
        line = typesetter.line(f"Page {number} of {count}", style)
        later.text(None, [(left + width - line.width, FOOTER, line)], style.size)

    pages.later(draw)
