"""Put the parts together: read the command line, then open the window or do a job without one."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop import __version__, paths
from apq_desktop.cli.console import any_console
from apq_desktop.paths import own_folder
from apq_desktop.toolkit.question_library import QuestionLibrary

if TYPE_CHECKING:
    import argparse

    from apq_desktop.toolkit.catalogue import Catalogue

COMMANDS = ("example", "export", "part", "import", "list", "check", "template", "sheets", "schema", "library")
OPEN, SELF_TEST = "open", "self-test"
PRINTS = ("list", "show", "check", "schema")
"""The commands, also of ``library``, that do nothing else."""
NOT_PRINTED = "It could not be printed. Make room where it goes, then try again."
MAKE_PACKS = "make-packs"
"""What the window starts to make a pack (``packing.COMMAND``); not for people."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program. Returns its exit status: 0 done, 1 refused, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    with any_console() as console:
        status = _run(words)
        console.flush()
        if console.lost and status == 0 and any(word in PRINTS for word in words[:2]):
            print(NOT_PRINTED, file=sys.stderr)
            return 1
    return status


def _run(words: list[str]) -> int:
    question_library = QuestionLibrary(paths.forms(), lambda: own_folder("data") / "questions")
    if words == [MAKE_PACKS]:
        from apq_desktop.services.exports import export_process

        return export_process.run_worker(sys.stdin.buffer, sys.stdout)
    if words and words[0] in (*COMMANDS, SELF_TEST, "-h", "--help"):
        return _command(words, question_library.catalogue)
    # Without the other commands, whose parts the first painting does not wait for.
    named = words[:1] == [OPEN] or words[:1] == ["--version"]
    made = parser(with_commands=False)
    chosen, more = made.parse_known_args(words if named else [OPEN, *words])
    if refused := _not_to_be_shown(chosen):
        status, sentence = refused
        print(sentence, file=sys.stderr)
        return status
    if more:
        made.error(f"unrecognized arguments: {' '.join(more)}")
    # A start makes thousands of classes and no garbage: ui.application turns the collector on again.
    gc.disable()
    return _with_a_window(lambda: _open_window(chosen, question_library))


def _with_a_window(start: Callable[[], int]) -> int:
    """What ``start`` returns; or 1, after one sentence, where Qt lacks a library of the system."""
    import re

    try:
        return start()
    except ImportError as error:
        # Linux says first which library it is that was not found.
        missing = re.match(r"(lib\S+\.so\S*): cannot open shared object", str(error))
        if missing is None:
            raise
        print(
            f"APQ Desktop cannot open its window, because this computer lacks {missing[1]}. "
            "Install the package that brings this library, then start again.",
            file=sys.stderr,
        )
        return 1


def _open_window(chosen: argparse.Namespace, question_library: QuestionLibrary) -> int:
    from apq_desktop.ui.window.application import run

    return run(chosen.file, question_library, exit_after_paint=chosen.exit_after_paint, screenshot=chosen.screenshot)


def _self_test() -> int:
    from apq_desktop.toolkit.loader import load
    from apq_desktop.ui.window.runtime import self_test

    # Without the user's own local questions: nothing of theirs is read.
    return self_test.run(cache(lambda: load(paths.forms())), partial(print, flush=True))


def _not_to_be_shown(chosen: argparse.Namespace) -> tuple[int, str] | None:
    """Why no window is opened: the exit status and a sentence. Who only opens a missing file is told in a window."""
    file, screenshot = chosen.file, chosen.screenshot
    if file is not None and not file.exists():
        if not file.suffix and file.name == str(file):
            commands = _listed((OPEN, *COMMANDS, SELF_TEST))
            return 2, f"There is no command and no file “{file}”. The commands are {commands}."
        if chosen.exit_after_paint or screenshot:
            return 1, f"{file}: there is no such file; look at its name and place."
    if screenshot and not screenshot.parent.is_dir():
        return 1, f"{screenshot}: the folder for this picture is not there; choose another folder."
    return None


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _command(words: list[str], load_catalogue: Callable[[], Catalogue]) -> int:
    from apq_desktop.cli import workspace_cli

    chosen = parser().parse_args(words)
    if chosen.command == SELF_TEST:
        return _with_a_window(_self_test)
    return workspace_cli.run(chosen, load_catalogue)


def parser(*, with_commands: bool = True) -> argparse.ArgumentParser:
    """The whole command line; packaging/make_manual.py makes the man page and the completion of shells from it."""
    import argparse

    made = argparse.ArgumentParser(
        prog="apq-desktop",
        usage="%(prog)s [FILE.apq] | COMMAND [ARGUMENT ...]",
        description="Self-evaluation for alternative provision. Without a command it opens the window.",
        epilog="Exit status: 0 done; 1 refused, with one sentence on standard error; 2 wrong usage. "
        "Each command has its own --help.",
    )
    told = f"APQ Desktop {__version__}"
    made.add_argument("--version", action="version", version=told, help="print the version, and end")
    commands = made.add_subparsers(prog=made.prog, title="commands", dest="command", metavar="COMMAND", required=True)
    opening = commands.add_parser(
        OPEN, prog=None if with_commands else "apq-desktop", help="open the window; the same without this word"
    )
    opening.add_argument("file", nargs="?", type=Path, metavar="FILE.apq", help="the file to open")
    opening.add_argument(
        "--exit-after-paint", action="store_true", help="print how long painting and opening took, and end"
    )
    opening.add_argument("--screenshot", type=Path, metavar="FILE.png", help="write a picture of the window, and end")
    if with_commands:
        from apq_desktop.cli import workspace_cli

        workspace_cli.add_commands(commands)
        commands.add_parser(
            SELF_TEST, help="try the whole program in a temporary folder; reads nothing of yours and needs no screen"
        )
    return made


if __name__ == "__main__":
    sys.exit(main())
