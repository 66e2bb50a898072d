"""The help pages as the program reads them."""

from __future__ import annotations

from apq_desktop import paths
from apq_desktop.ui.pages.help.help_markdown import HelpText, read_help

HELP = paths.resources() / "help"


def pages() -> dict[str, HelpText]:
    return {page.key: page for page in read_help(HELP)}
