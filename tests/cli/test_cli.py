"""The jobs without a screen: exit status 0 done, 1 refused with one plain sentence, 2 wrong usage."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from apq_desktop import __version__, paths, services
from apq_desktop.__main__ import main
from apq_desktop.documents.pdf import renderer
from apq_desktop.evaluation.model import new_evaluation
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.toolkit.loader import load
from tests.documents.fill_form import fill_in


def run(*words: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "apq_desktop", *(str(word) for word in words)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=600, check=False)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    file = tmp_path / "example.apq"
    assert main(["example", str(file)]) == 0
    return file


def one_sentence(error: str) -> bool:
    return error.strip().count("\n") == 0 and error.strip().endswith(".") and "Traceback" not in error


def test_the_version_is_told() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"APQ Desktop {__version__}")


@pytest.mark.parametrize("words", [["--nonsense"], ["export"], ["export", "x.apq"], ["import", "--into", "x.apq"]])
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_the_example_is_a_whole_workspace_of_thirteen_areas(example: Path) -> None:
    catalogue = load(paths.forms())
    opened = services.open_workspace(example, catalogue)
    opened.workspace.close()
    assert [area.number for area in opened.evaluation.areas] == list(range(1, 14))
    assert opened.evaluation.setting.name == "Riverside Learning"


def test_the_example_never_replaces_a_file(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = example.read_bytes()
    capsys.readouterr()
    assert main(["example", str(example)]) == 1
    assert one_sentence(capsys.readouterr().err)
    assert example.read_bytes() == before


@pytest.mark.parametrize(
    ("flags", "suffixes"),
    [
        ([], [".pdf", ".json"]),
        (["--pdf"], [".pdf"]),
        (["--json"], [".json"]),
        (["--web"], [".html"]),
        (["--pdf", "--json", "--web"], [".pdf", ".json", ".html"]),
        (["--digest", "--plan"], [".pdf", ".pdf"]),
    ],
)
def test_export_prints_the_paths_it_wrote(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: list[str], suffixes: list[str]
) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    capsys.readouterr()
    before = example.read_bytes()
    assert main(["export", str(example), "--to", str(folder), *flags]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.suffix for path in written] == suffixes
    assert all(path.stat().st_size > 1000 for path in written)
    assert example.read_bytes() == before


def test_the_digest_the_plan_and_the_annexes_are_files_and_pages_of_their_own(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["export", str(example), "--to", str(tmp_path), "--pdf", "--digest", "--plan"]) == 0
    whole, digest, plan = (Path(line) for line in capsys.readouterr().out.splitlines())
    assert digest.stem == f"{whole.stem}_digest"
    assert plan.stem == f"{whole.stem}_action-plan"
    usual = whole.read_bytes()
    flags = ["--annex", "notes", "--annex", "toolkit-form"]
    assert main(["export", str(example), "--to", str(tmp_path), "--pdf", *flags]) == 0
    counts = []
    for content in (usual, whole.read_bytes()):
        with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
            counts.append([item.title for item in outline.root][-2:])
    assert counts == [["Reply", "Reply, area by area"], ["Notes on the questions", "As the toolkit’s form"]]
    capsys.readouterr()
    assert main(["check", str(whole)]) == 0
    assert "Pages and data agree." in capsys.readouterr().out


def test_characters_that_the_pdf_cannot_show_are_named_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluation = services.example(load(paths.forms()))
    evaluation.summary = "In hieroglyphs \U00013000, and in Chinese 漢字"
    services.create_workspace(tmp_path / "signs.apq", evaluation).close()
    assert main(["export", str(tmp_path / "signs.apq"), "--to", str(tmp_path), "--json"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["export", str(tmp_path / "signs.apq"), "--to", str(tmp_path)]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(": \U00013000"), "Chinese has letters of its own"


def test_what_was_exported_comes_in_the_same(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue = load(paths.forms())
    capsys.readouterr()
    assert main(["export", str(example), "--to", str(tmp_path), "--json"]) == 0
    pack = capsys.readouterr().out.strip()
    into = tmp_path / "council.apq"
    assert main(["import", pack, "--into", str(into)]) == 0
    with (
        services.open_workspace(example, catalogue).workspace as ours,
        services.open_workspace(into, catalogue).workspace as theirs,
    ):
        key = ours.evaluations()[0].id
        assert theirs.read(key) == ours.read(key)


def test_the_pdf_carries_the_same_data_as_the_json(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = load(paths.forms())
    capsys.readouterr()
    assert main(["export", str(example), "--to", str(tmp_path)]) == 0
    pdf, data = (Path(line) for line in capsys.readouterr().out.splitlines())
    assert services.read_pack(pdf, catalogue).original == data.read_bytes()
    assert main(["import", str(pdf), "--into", str(tmp_path / "council.apq")]) == 0
    assert main(["check", str(pdf)]) == 0
    assert "Pages and data agree." in capsys.readouterr().out
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(pdf.read_bytes() + b"% added\n")
    laid_out = []
    build = renderer.pdf

    def count(*what: Any, **how: Any) -> bytes:
        laid_out.append(what)
        return build(*what, **how)

    monkeypatch.setattr(renderer, "pdf", count)
    assert main(["check", str(changed)]) == 0
    assert "agree" not in capsys.readouterr().out
    assert len(laid_out) == 1


def test_a_pdf_that_is_not_ours_is_refused_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "letter.pdf"
    other.write_bytes(b"%PDF-1.7\nnot really\n")
    assert main(["import", str(other), "--into", str(tmp_path / "council.apq")]) == 1
    assert one_sentence(capsys.readouterr().err)
    assert not (tmp_path / "council.apq").exists()


def test_a_template_is_written_filled_in_and_read_in_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "--to", str(tmp_path)]) == 0
    assert main(["template", "--to", str(tmp_path), "--fillable"]) == 0
    paper, form = (Path(line) for line in capsys.readouterr().out.splitlines())
    assert paper.name == "AP-Quality-Toolkit-2022_Template-to-print.pdf"
    assert form.name == "AP-Quality-Toolkit-2022_Template-to-fill-in.pdf"
    assert main(["template", "--to", str(tmp_path), "--fillable"]) == 0
    assert Path(capsys.readouterr().out.strip()).name == "AP-Quality-Toolkit-2022_Template-to-fill-in-2.pdf"
    filled = str(
        fill_in(form, {"setting.name": "Łódź Ŵyl", "area.needs.note.7.1": "One\nTwo"}, tmp_path / "filled.pdf")
    )
    assert main(["check", filled]) == 0
    told = "whole. Self-evaluation of Łódź Ŵyl, revision 0. It is a template that was filled in."
    assert capsys.readouterr().out == f"{filled}: {told}\n"
    padded = tmp_path / "padded.pdf"
    padded.write_bytes(Path(filled).read_bytes() + bytes(5_000))
    assert main(["check", str(padded)]) == 0
    assert capsys.readouterr().out == f"{padded}: {told}\n"
    into = tmp_path / "council.apq"
    assert main(["import", filled, "--into", str(into)]) == 0
    with services.open_workspace(into, load(paths.forms())).workspace as workspace:
        (heading,) = workspace.evaluations()
        assert heading.setting_name == "Łódź Ŵyl"
        assert workspace.read(heading.id).area("needs").note("7.1").note == "One\nTwo"
    assert main(["import", filled, "--into", str(into)]) == 1
    assert one_sentence(capsys.readouterr().err)


@pytest.mark.parametrize("flags", [[], ["--fillable"]])
def test_a_template_without_words_is_no_evaluation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: list[str]
) -> None:
    assert main(["template", "--to", str(tmp_path), *flags]) == 0
    path = capsys.readouterr().out.strip()
    assert main(["import", path, "--into", str(tmp_path / "council.apq")]) == 1
    assert one_sentence(capsys.readouterr().err)
    assert not (tmp_path / "council.apq").exists()


def test_an_evaluation_is_chosen_by_its_id(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(example), "--to", str(tmp_path), "--json", "--evaluation", "no-such-id"]) == 1
    assert one_sentence(capsys.readouterr().err)


def test_bad_packs_among_good_ones_are_told_and_the_good_ones_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = load(paths.forms())
    packs: list[Path] = []
    for number in range(40):
        pack = tmp_path / f"{number:02}.json"
        evaluation = new_evaluation(catalogue, created=services.now(), title=f"Evaluation {number}")
        data = evaluation_json.write(evaluation, catalogue)
        pack.write_bytes(data[: len(data) // 2] if number % 4 == 0 else data)
        packs.append(pack)
    into = tmp_path / "council.apq"
    assert main(["import", *map(str, packs), "--into", str(into)]) == 1
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 10
    assert all(one_sentence(line) for line in told)
    with services.open_workspace(into, catalogue, read_only=True).workspace as workspace:
        titles = [heading.title for heading in workspace.evaluations()]
    assert titles == [f"Evaluation {number}" for number in range(40) if number % 4]


def test_one_bad_pack_alone_makes_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"format": "apq-evaluation", "version": 1', encoding="utf-8")
    assert main(["import", str(bad), "--into", str(tmp_path / "council.apq")]) == 1
    assert one_sentence(capsys.readouterr().err)
    assert not (tmp_path / "council.apq").exists()


def test_the_same_pack_twice_is_in_the_file_already(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["export", str(example), "--to", str(tmp_path)]) == 0
    pdf, data = capsys.readouterr().out.splitlines()
    into = tmp_path / "council.apq"
    assert main(["import", data, "--into", str(into)]) == 0
    before = into.read_bytes()
    for again in (data, pdf):
        assert main(["import", again, "--into", str(into)]) == 1
        assert capsys.readouterr().err == f"{again}: is in the file already.\n"
    assert into.read_bytes() == before


def test_another_revision_of_what_is_there_is_not_added_and_not_called_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = load(paths.forms())
    evaluation, packs = new_evaluation(catalogue, created=services.now()), []
    for revision in (1, 2):
        evaluation.revision = revision
        packs.append(tmp_path / f"{revision}.json")
        packs[-1].write_bytes(evaluation_json.write(evaluation, catalogue))
    assert main(["import", *map(str, packs), "--into", str(tmp_path / "council.apq")]) == 1
    told = "was not added, because this evaluation is in the file already, in another revision."
    assert capsys.readouterr().err == f"{packs[1]}: {told}\n"


def test_a_pack_that_is_there_already_is_refused(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = example.read_bytes()
    assert main(["import", str(paths.resources() / "example" / "example.json"), "--into", str(example)]) == 1
    assert one_sentence(capsys.readouterr().err)
    assert example.read_bytes() == before


def test_check_says_one_line_a_file_and_ends_with_1_if_any_is_not_whole(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["check", str(example)]) == 0
    assert "Riverside Learning" in capsys.readouterr().out
    text = tmp_path / "letter.apq"
    text.write_text("Dear council", encoding="utf-8")
    empty = tmp_path / "empty.json"
    empty.touch()
    assert main(["check", str(example), str(text), str(empty), str(tmp_path / "missing.apq")]) == 1
    told = capsys.readouterr()
    assert ["whole." in line for line in told.out.splitlines()] == [True]
    assert len(told.err.splitlines()) == 3
    assert all(one_sentence(line) for line in told.err.splitlines())


@pytest.mark.parametrize(
    ("option", "name"), [([], "apq-evaluation-1"), (["--for-readers"], "apq-evaluation-1-readers")]
)
def test_the_schema_is_the_published_one(option: list[str], name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", *option]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["$schema"].startswith("https://json-schema.org/")
    assert printed == (paths.resources() / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")


def test_exit_after_paint_tells_its_times_in_one_json_line(example: Path) -> None:
    done = run("--exit-after-paint", example)
    assert done.returncode == 0, done.stderr
    times = json.loads(done.stdout)
    assert 0 < times["painted_ms"] <= times["editable_ms"]


def test_a_file_that_is_not_ours_is_refused_with_a_sentence_and_stays_untouched(tmp_path: Path) -> None:
    file = tmp_path / "letter.apq"
    file.write_text("Dear council", encoding="utf-8")
    done = run("--exit-after-paint", file)
    assert done.returncode == 1
    assert "This file was not made by APQ Desktop, so it was not opened." in done.stderr
    assert file.read_text(encoding="utf-8") == "Dear council"
