"""The jobs that both the window and the command line do: each hands one floor's result to the next."""

from __future__ import annotations

from apq_desktop.services.exporting import (
    SUFFIXES,
    USUAL_FORMS,
    Form,
    export,
    run_checks,
    save_table,
    save_template,
)
from apq_desktop.services.importing import (
    AlreadyThere,
    ImportResult,
    check,
    file_with,
    find_in,
    import_packs,
    open_pack,
    read_pack,
)
from apq_desktop.services.workspaces import (
    EXAMPLE_ID,
    Opened,
    add_begun,
    as_sent,
    at_evaluation,
    begun,
    create_workspace,
    example,
    now,
    open_workspace,
    read_sent,
    ready_folder,
    salvage,
)

__all__ = [
    "EXAMPLE_ID",
    "SUFFIXES",
    "USUAL_FORMS",
    "AlreadyThere",
    "Form",
    "ImportResult",
    "Opened",
    "add_begun",
    "as_sent",
    "at_evaluation",
    "begun",
    "check",
    "create_workspace",
    "example",
    "export",
    "file_with",
    "find_in",
    "import_packs",
    "now",
    "open_pack",
    "open_workspace",
    "read_pack",
    "read_sent",
    "ready_folder",
    "run_checks",
    "salvage",
    "save_table",
    "save_template",
]
