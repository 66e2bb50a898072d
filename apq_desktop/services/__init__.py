"""The jobs that both the window and the command line do: each hands one floor's result to the next."""

from __future__ import annotations

from apq_desktop.services.exporting import (
    ExportedPack,
    ExportRequest,
    characters_not_shown,
    export,
    run_checks,
    save,
    save_template,
)
from apq_desktop.services.formats import FORMATS
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
from apq_desktop.services.reviewing import ReplyKept
from apq_desktop.services.workspaces import (
    EXAMPLE_ID,
    Opened,
    add_begun,
    as_sent,
    at_evaluation,
    begun,
    copy_workspace,
    create_workspace,
    example,
    now,
    open_again,
    open_workspace,
    read_sent,
    ready_folder,
    salvage,
)

__all__ = [
    "EXAMPLE_ID",
    "FORMATS",
    "AlreadyThere",
    "ExportRequest",
    "ExportedPack",
    "ImportResult",
    "Opened",
    "ReplyKept",
    "add_begun",
    "as_sent",
    "at_evaluation",
    "begun",
    "characters_not_shown",
    "check",
    "copy_workspace",
    "create_workspace",
    "example",
    "export",
    "file_with",
    "find_in",
    "import_packs",
    "now",
    "open_again",
    "open_pack",
    "open_workspace",
    "read_pack",
    "read_sent",
    "ready_folder",
    "run_checks",
    "salvage",
    "save",
    "save_template",
]
