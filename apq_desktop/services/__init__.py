"""The jobs that both the window and the command line do: each hands one floor's result to the next.

A name is imported from its module at its first use, so that whoever imports this waits for no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apq_desktop.services.copies.outgoing_parts import (
        NOT_NOTED,
        areas_by_number,
        as_sent_pack,
        give,
        give_back,
        note_packs,
    )
    from apq_desktop.services.copies.returned_parts import ReturnedPart, in_words, keep_part, where
    from apq_desktop.services.exports.exporting import (
        ExportedPack,
        ExportRequest,
        as_read,
        ask_as_a_reader,
        characters_not_shown,
        export,
        run_checks,
        save,
        save_sheets,
        save_template,
        template_path,
        write_sent_pack,
    )
    from apq_desktop.services.exports.formats import FORMATS
    from apq_desktop.services.exports.printing import Printed, sheet
    from apq_desktop.services.incoming.importing import (
        AlreadyThere,
        ImportResult,
        check,
        file_with,
        find_in,
        import_packs,
        open_pack,
        read_pack,
    )
    from apq_desktop.services.incoming.reviewing import ReplyKept, answer, evaluation_as_read, save_answers, take_back
    from apq_desktop.services.workspaces import (
        EXAMPLE_ID,
        Opened,
        add_begun,
        as_sent,
        at_evaluation,
        begun,
        copy_workspace,
        create_workspace,
        evaluations_in,
        example,
        now,
        open_again,
        open_workspace,
        read_sent,
        ready_folder,
        salvage,
    )
    from apq_desktop.storage.files.backups import Backup, Backups
    from apq_desktop.storage.files.save_copies import copy_to_stick, rescue, save_copy, save_mine, write_new
    from apq_desktop.storage.files.verified_copy import is_same_file
    from apq_desktop.storage.history.edit_history import EarlierText, PastChange, RemovedEvaluation, RemovedItem
    from apq_desktop.storage.rows.evaluation_reader import EvaluationHeading
    from apq_desktop.storage.snapshots import Snapshot
    from apq_desktop.storage.workspace import Workspace

_MODULES = (
    "services.workspaces",
    "services.exports.exporting",
    "services.incoming.importing",
    "services.exports.printing",
    "services.incoming.reviewing",
    "services.copies.returned_parts",
    "services.copies.outgoing_parts",
    "storage.files.backups",
    "storage.files.save_copies",
    "storage.files.verified_copy",
    "storage.history.edit_history",
    "storage.snapshots",
    "storage.workspace",
)


def __getattr__(name: str) -> Any:
    for module in () if name.startswith("_") else _MODULES:
        found = vars(import_module(f"apq_desktop.{module}"))
        if name in found:
            return globals().setdefault(name, found[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
