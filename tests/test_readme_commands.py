"""Each command line in the README is run as it stands, in an empty folder; what other papers name is there."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from apq_desktop.__main__ import OPEN, SELF_TEST, main, parser
from apq_desktop.review.lines import Anchor
from apq_desktop.services import evaluations_in
from apq_desktop.services.libraries.open_library import note, open_library
from apq_desktop.services.locality.themes import summarise
from tests.library.council import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parent.parent
PAPERS = [path for pattern in ("*.md", "packaging/*.md", "resources/help/*.md") for path in CHECKOUT.glob(pattern)]
README = (CHECKOUT / "README.md").read_text("utf-8").replace(r"\|", "/")
JOBS = {
    "create": "new",
    "add": "LIBRARY packs --json",
    "list": "LIBRARY --json",
    "tag": "LIBRARY ID visited",
    "show": "LIBRARY ID --json",
    "check": "LIBRARY --json",
    "reply": "LIBRARY ID --to reply.json --pdf",
    "export": "LIBRARY --to tables --csv --qdpx --calendar",
    "report": "LIBRARY --to report --unnamed",
    "rebuild": "LIBRARY --json",
    "copy": "LIBRARY stick",
    "remove": "LIBRARY ID",
}
"""What each job of ``library`` is given in place of the dots, in the order in which they are run."""
ASKED = "How do you know?"
IN_A_WINDOW = ("[", "--", SELF_TEST)
"""Lines that begin so have tests of their own, in test_cli, test_command_line and test_self_test."""


def commands_of(made: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands of a parser, by their names."""
    (found,) = (each.choices for each in made._actions if isinstance(each, argparse._SubParsersAction))
    return dict(found)


def shown() -> Iterator[str]:
    """Each command line of the table, as it stands there."""
    for row in re.findall(r"^\| (`apq-desktop .+?`) \|", README, re.MULTILINE):
        yield from (line.removeprefix("apq-desktop ") for line in re.findall(r"`([^`]+)`", row))


def both_ways(line: str) -> list[str]:
    """Without what is in brackets, and with all of it."""
    return list(dict.fromkeys((re.sub(r" ?\[[^]]*\]", "", line), re.sub(r"[][]", "", line))))


def test_every_command_line_of_the_readme_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    values = {"FILE.apq": "ours.apq", "DIR": "packs", "WHO": "Deputy head", "NAME": "notes", "FILE…": "ours.apq"}
    for line in (each for row in shown() if not row.startswith((*IN_A_WINDOW, "library")) for each in both_ways(row)):
        if line.startswith("import"):
            values |= {"PACK…": str(next(Path("packs").glob("*.json"))), "FILE.apq": f"theirs{len(line)}.apq"}
        assert main([values.get(word, word) for word in line.split()]) == 0, line
        values["FILE.apq"] = "ours.apq"
        values["ID"] = evaluations_in(Path("ours.apq"))[0].id
        printed = capsys.readouterr().out
        assert printed.strip(), line
        if line.endswith("--json"):
            assert json.loads(printed), line


def ask_and_summarise(folder: Path, evaluation: str) -> None:
    """What a person does in the window before there is something to reply, and to report."""
    library = open_library(folder, TODAY)
    note(library, evaluation, "question", ASKED, Anchor(0, "attendance"), audience="provider", role="Officer")
    summarise(library, library.revisions(evaluation)[0], "They write of buses.", area="attendance")
    library.close()


def test_every_job_of_a_library_that_the_readme_names_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (row,) = (line for line in shown() if line.startswith("library "))
    named = row.removeprefix("library ").split(" ")[0].split("/")
    assert set(named) == set(commands_of(commands_of(parser())["library"])) == set(JOBS)
    assert main(["example", "ours.apq"]) == 0
    assert main(["export", "ours.apq", "--to", "packs"]) == 0
    (one,) = evaluations_in(Path("ours.apq"))
    values, said = {"LIBRARY": "new", "ID": one.id}, dict[str, Any]()
    for job, rest in JOBS.items():
        if job == "show":
            ask_and_summarise(Path("new"), one.id)
        capsys.readouterr()
        words = rest.split()
        assert main(["library", job, *(values.get(word, word) for word in words)]) == 0, job
        printed = capsys.readouterr().out
        said[job] = json.loads(printed) if "--json" in words else printed
    assert sorted((each["outcome"], each["evaluation"]) for each in said["add"]["arrived"]) == [
        ("known", one.id), ("new", one.id),
    ]  # fmt: skip
    assert [(each["evaluation"], each["setting"], each["state"]) for each in said["list"]] == [
        (one.id, one.setting_name, "received")
    ]
    (asked,) = said["show"]["notes"]
    assert (asked["kind"], asked["area"], asked["text"], asked["waits_for"]) == (
        "question",
        "attendance",
        ASKED,
        "setting",
    )
    assert (said["check"]["whole"], said["check"]["problems"]) == (True, [])
    assert said["reply"].split() == ["reply.json", "reply.pdf"]
    assert said["rebuild"]["refused"] == []
    (Path("packs") / "bad.json").write_text("{}", "utf-8")
    capsys.readouterr()
    assert main(["library", "add", "new", "packs/bad.json", "--json"]) == 1
    told = capsys.readouterr()
    assert (len(json.loads(told.out)["refused"]), told.err) == (1, "")


def test_the_readme_names_every_option_but_those_of_a_library() -> None:
    named = {name: set[str]() for name in commands_of(parser())}
    for line in shown():
        first = line.split()[0]
        named[first if first in named else OPEN] |= set(re.findall(r"--[a-z-]+", line))
    for name, command in commands_of(parser()).items():
        there = {word for each in command._actions for word in each.option_strings if word.startswith("--")}
        assert there - {"--help"} <= named[name], name


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_command_that_a_paper_names_is_there(paper: Path) -> None:
    commands = commands_of(parser())
    found = re.findall(r"apq-desktop(?:\.exe)? ([a-z]+(?:-[a-z]+)?)(?: ([a-z]+))?", paper.read_text("utf-8"))
    for command, job in found:
        assert command in commands, command
        assert command != "library" or job in ("", *JOBS)
