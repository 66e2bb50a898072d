#!/usr/bin/env python3
"""Writes the man page and the completion of bash and zsh anew, from the parser of the command line.

    .venv/bin/python packaging/make_manual.py

They are in packaging/linux; a test fails where they say something other than the parser.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import shtab

from apq_desktop import __version__
from apq_desktop.__main__ import parser

LINUX = Path(__file__).resolve().parent / "linux"
ABOUT = """\
Opens a window in which a provider of alternative provision looks at its setting against the 13 quality areas of
the Alternative Provision Quality Toolkit (2022), and makes the PDF and the data that go to whoever commissions its
places.
Everything typed is saved at once, in one file on this computer.
The program never connects to a network, unless you type the address of a server that holds a library."""
FILES = {
    "~/.config/APQ Desktop/settings.ini": "Text size, colours, where the window stood and which file was open last.",
    "~/.local/state/APQ Desktop/log/apq-desktop.log": "What went wrong, without anything that was typed.",
    "portable.txt": "Beside the program, it makes it keep its settings, its log and new evaluations there.",
}


def made() -> dict[Path, str]:
    """Each file, and what it holds."""
    whole = parser()
    return {
        LINUX / "apq-desktop.1": "\n".join(manual(whole)) + "\n",
        LINUX / "completion" / "bash": completion(whole, "bash"),
        LINUX / "completion" / "zsh": completion(whole, "zsh"),
    }


def completion(whole: argparse.ArgumentParser, shell: str) -> str:
    """The completion script; every argument that takes a path is completed by the names of files."""
    for each in (whole, *(command for command, _ in commands_of(whole).values())):
        for argument in each._actions:  # noqa: SLF001 - argparse has no other way to them
            if argument.type is Path:
                argument.complete = shtab.FILE  # type: ignore[attr-defined]
    text: str = shtab.complete(whole, shell=shell)
    # A file needs no command before it.
    return text.rstrip("\n").replace("complete -o bashdefault -F", "complete -o bashdefault -o default -F") + "\n"


def commands_of(whole: argparse.ArgumentParser, before: str = "") -> dict[str, tuple[argparse.ArgumentParser, str]]:
    """Each command's parser and what it does, by its name; ``library add`` comes after ``library``."""
    found: dict[str, tuple[argparse.ArgumentParser, str]] = {}
    for each in whole._actions:  # noqa: SLF001 - argparse has no other way to them
        if isinstance(each, argparse._SubParsersAction):  # noqa: SLF001
            about = {one.dest: str(one.help) for one in each._choices_actions}  # noqa: SLF001
            for name, command in each.choices.items():
                found[before + name] = command, about[name]
                found |= commands_of(command, f"{before}{name} ")
    return found


def manual(whole: argparse.ArgumentParser) -> Iterator[str]:
    """The lines of the man page."""
    yield f'.TH APQ-DESKTOP 1 "" "APQ Desktop {__version__}" "APQ Desktop"'
    yield from (".SH NAME", r"apq-desktop \- self-evaluation for alternative provision")
    yield from (".SH SYNOPSIS", ".B apq-desktop", ".RI [ FILE.apq ]", ".br", ".B apq-desktop")
    yield from (".I COMMAND", ".RI [ ARGUMENT ...]", ".SH DESCRIPTION", ABOUT, ".SH OPTIONS")
    yield from arguments_of(whole)
    yield ".SH COMMANDS"
    for name, (command, about) in commands_of(whole).items():
        asked = (word for each in own_arguments(command) if each.required for word in named(each))
        yield from (f".SS {escaped(' '.join([name, *asked]))}", sentence(about))
        yield from arguments_of(command)
    yield from (".SH EXIT STATUS", sentence(str(whole.epilog).removeprefix("Exit status: ")), ".SH FILES")
    for name, what in FILES.items():
        yield from (".TP", f".I {escaped(name)}", what)


def own_arguments(one: argparse.ArgumentParser) -> list[argparse.Action]:
    """What may follow a command; the names of commands and --help, which each has, are told once elsewhere."""
    apart = (argparse._SubParsersAction, argparse._HelpAction)  # noqa: SLF001
    return [each for each in one._actions if not isinstance(each, apart)]  # noqa: SLF001


def named(each: argparse.Action) -> list[str]:
    """An argument as it is typed: its name, and what it takes."""
    value = str(each.metavar or ("|".join(map(str, each.choices)) if each.choices else each.dest.upper()))
    more = "..." if each.nargs == "+" else ""
    return [*each.option_strings[:1], *([] if each.nargs == 0 else [value + more])]


def arguments_of(one: argparse.ArgumentParser) -> Iterator[str]:
    """Each argument that says what it is for."""
    for each in own_arguments(one):
        if each.help:
            yield from (".TP", f".B {escaped(' '.join(named(each)))}", sentence(each.help))


def sentence(words: str) -> str:
    """With a capital, a full stop, and nothing that man would take for an order."""
    return escaped(re.sub(r"^[a-z]", lambda first: first[0].upper(), words).rstrip(".")) + "."


def escaped(words: str) -> str:
    """With hyphens that can be searched for and copied."""
    return words.replace("\\", r"\e").replace("-", r"\-")


def main() -> None:
    """Write them."""
    for path, text in made().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
