"""The floor for what makes a PDF accessible: the same flowables on the same pages, and nothing added afterwards."""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.instrument import Catalogue
from apq_desktop.report import document, finish

LEFT_OUT = ("add_structure", "add_archive", "attach")


def pdf(evaluation: Evaluation, catalogue: Catalogue) -> bytes:
    """A PDF without structure tree, archive marks and data; faces, links and bookmarks stay."""
    with ExitStack() as stack:
        for name in LEFT_OUT:
            stack.enter_context(patch.object(finish, name, lambda *_: None))
        return document.pdf(evaluation, catalogue)
