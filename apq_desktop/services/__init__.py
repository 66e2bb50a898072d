"""The jobs that both the window and the command line do: each hands one floor's result to the next."""

from __future__ import annotations

from apq_desktop.services.exporting import (
    SUFFIXES,
    USUAL_FORMS,
    Form,
    characters_not_shown,
    export,
    run_checks,
    save_table,
    save_template,
)
from apq_desktop.services.importing import ImportResult, check, import_packs, read_pack, read_sent
from apq_desktop.services.workspaces import (
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
    "ImportResult",
    "Opened",
    "at_evaluation",
    "characters_not_shown",
    "check",
    "create_workspace",
    "example",
    "export",
    "import_packs",
    "now",
    "open_workspace",
    "read_pack",
    "read_sent",
    "ready_folder",
    "run_checks",
    "salvage",
    "save_table",
    "save_template",
]
