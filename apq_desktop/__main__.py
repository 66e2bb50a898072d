"""Puts the parts together: reads the command line, then opens the window or does a job without one."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop import __version__, paths
from apq_desktop.paths import own_folder
from apq_desktop.toolkit.question_library import QuestionLibrary

if TYPE_CHECKING:
    import argparse

    from apq_desktop.toolkit.catalogue import Catalogue

COMMANDS = ("example", "export", "part", "import", "check", "template", "sheets", "schema", "library")
SELF_TEST = "self-test"
MAKE_PACKS = "make-packs"
"""What the window starts to make a pack (``packing.COMMAND``); not for people."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program. Returns its exit status: 0 done, 1 refused, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _print_on_any_console()
    question_library = QuestionLibrary(paths.forms(), lambda: own_folder("data") / "questions")
    if words and words[0] in COMMANDS:
        return _command(words, question_library.catalogue)
    if words == [SELF_TEST]:
        return _with_a_window(_self_test)
    if words == [MAKE_PACKS]:
        from apq_desktop.services import export_process

        return export_process.serve(sys.stdin.buffer, sys.stdout)
    chosen = _window_parser().parse_args(words)
    if refused := _not_to_be_shown(chosen):
        status, sentence = refused
        print(sentence, file=sys.stderr)
        return status
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
    from apq_desktop.ui.window import self_test

    # Without the person's own local questions: nothing of theirs is read.
    return self_test.run(cache(lambda: load(paths.forms())), partial(print, flush=True))


def _print_on_any_console() -> None:
    """Print a replacement character where a console lacks a letter: what was done is done all the same."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _not_to_be_shown(chosen: argparse.Namespace) -> tuple[int, str] | None:
    """Why no window is opened: the exit status and a sentence. Who only opens a missing file is told in a window."""
    file, screenshot = chosen.file, chosen.screenshot
    if file is not None and not file.exists():
        if not file.suffix and file.name == str(file):
            return 2, f"There is no command and no file “{file}”. The commands are {_listed((*COMMANDS, SELF_TEST))}."
        if chosen.exit_after_paint or screenshot:
            return 1, f"{file}: there is no such file; look at its name and place."
    if screenshot and not screenshot.parent.is_dir():
        return 1, f"{screenshot}: the folder for this picture is not there; choose another folder."
    return None


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _command(words: list[str], load_catalogue: Callable[[], Catalogue]) -> int:
    import argparse

    from apq_desktop import cli

    parser = argparse.ArgumentParser(prog="apq-desktop")
    cli.add_commands(parser.add_subparsers(required=True))
    return cli.run(parser.parse_args(words), load_catalogue)


def _window_parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog="apq-desktop",
        description="Self-evaluation for alternative provision. Opens the window, or one of these commands: "
        + ", ".join((*COMMANDS, SELF_TEST))
        + ". Each command has its own --help.",
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.apq", help="the file to open")
    parser.add_argument("--version", action="version", version=f"APQ Desktop {__version__}")
    parser.add_argument(
        "--exit-after-paint", action="store_true", help="print how long painting and opening took, and end"
    )
    parser.add_argument("--screenshot", type=Path, metavar="FILE.png", help="write a picture of the window, and end")
    return parser


if __name__ == "__main__":
    sys.exit(main())
