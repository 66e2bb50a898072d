"""The jobs that both the window and the command line do: each hands one floor's result to the next."""

from __future__ import annotations

from apq_desktop.jobs.making import (
    SUFFIXES,
    USUAL_FORMS,
    Form,
    export,
    look_over,
    save_table,
    save_template,
)
from apq_desktop.jobs.receiving import Imported, check, import_packs, read_pack, read_sent
from apq_desktop.jobs.workspaces import (
    Opened,
    at_evaluation,
    create_workspace,
    example,
    now,
    open_workspace,
    ready_folder,
    salvage,
)

__all__ = [
    "SUFFIXES",
    "USUAL_FORMS",
    "Form",
    "Imported",
    "Opened",
    "at_evaluation",
    "check",
    "create_workspace",
    "example",
    "export",
    "import_packs",
    "look_over",
    "now",
    "open_workspace",
    "read_pack",
    "read_sent",
    "ready_folder",
    "salvage",
    "save_table",
    "save_template",
]
