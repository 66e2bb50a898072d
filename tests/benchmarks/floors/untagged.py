"""The floor for what makes a PDF accessible: the same flowables on the same pages, and nothing added afterwards."""

from __future__ import annotations

from contextlib import ExitStack
from unittest.mock import patch

from apq_desktop.documents.pdf import post_process, renderer
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.toolkit.catalogue import Catalogue

LEFT_OUT = ("StructureTree", "add_archive", "attach")


def pdf(evaluation: Evaluation, catalogue: Catalogue) -> bytes:
    """A PDF without structure tree, archive marks and data; faces, links and bookmarks stay."""
    with ExitStack() as stack:
        for name in LEFT_OUT:
            stack.enter_context(patch.object(post_process, name))
        return renderer.pdf(evaluation, catalogue)
