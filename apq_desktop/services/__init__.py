"""The jobs that both the window and the command line do: each hands one floor's result to the next.

A name is imported from its module at its first use, so that whoever imports this waits for no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apq_desktop.services.exporting import (
        SUFFIXES,
        USUAL_FORMS,
        Form,
        export,
        run_checks,
        save_table,
        save_template,
        template_path,
        write_sent_pack,
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
    from apq_desktop.services.stored_workspace import (
        Backup,
        Backups,
        EarlierText,
        EvaluationHeading,
        PastChange,
        RemovedEvaluation,
        RemovedItem,
        Workspace,
        copy_to_stick,
        is_same_file,
        rescue,
        save_copy,
        save_mine,
        write_new,
    )
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
    "SUFFIXES",
    "USUAL_FORMS",
    "AlreadyThere",
    "Backup",
    "Backups",
    "EarlierText",
    "EvaluationHeading",
    "Form",
    "ImportResult",
    "Opened",
    "PastChange",
    "RemovedEvaluation",
    "RemovedItem",
    "Workspace",
    "add_begun",
    "as_sent",
    "at_evaluation",
    "begun",
    "check",
    "copy_to_stick",
    "copy_workspace",
    "create_workspace",
    "example",
    "export",
    "file_with",
    "find_in",
    "import_packs",
    "is_same_file",
    "now",
    "open_again",
    "open_pack",
    "open_workspace",
    "read_pack",
    "read_sent",
    "ready_folder",
    "rescue",
    "run_checks",
    "salvage",
    "save_copy",
    "save_mine",
    "save_table",
    "save_template",
    "template_path",
    "write_new",
    "write_sent_pack",
]
_MODULES = ("workspaces", "stored_workspace", "exporting", "importing")


def __getattr__(name: str) -> Any:
    for module in _MODULES if name in __all__ else ():
        found = vars(import_module(f"{__name__}.{module}"))
        if name in found:
            return globals().setdefault(name, found[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
