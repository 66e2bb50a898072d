"""A new export format is one writer and one line: everywhere else it is found in the table."""

from __future__ import annotations

import io
import logging
import subprocess
import time
import zipfile
from typing import TYPE_CHECKING, get_args, get_type_hints

import pytest

from apq_desktop import paths, services
from apq_desktop.__main__ import main
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING
from apq_desktop.services.exports import export_process
from apq_desktop.services.exports.formats import ExportContent, ExportFormat
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(paths.forms())


@pytest.fixture
def titles(monkeypatch: pytest.MonkeyPatch) -> str:
    """A format that nobody has heard of, put into the table; returns its key."""

    def write_titles(content: ExportContent) -> bytes:
        return "\n".join([content.code, *(action.what for action in content.actions)]).encode()

    one = ExportFormat("titles", ".txt", "the titles alone", write_titles, "Also the titles", "titles")
    monkeypatch.setitem(services.FORMATS, one.key, one)
    return one.key


def test_a_new_format_goes_into_packs_and_onto_the_command_line(
    titles: str, catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "packs").mkdir()
    request = services.ExportRequest(services.example(catalogue), catalogue, tmp_path / "packs", ("json", titles))
    told = io.StringIO()
    assert export_process.run_worker(io.BytesIO(export_process.request_bytes(request)), told) == 0
    (pack,) = export_process.read_event(told.getvalue().splitlines()[-1]).packs
    assert [file.name.rpartition("_")[2] for file in pack.files][-1] == "titles.txt"
    code, *lines = pack.files[-1].read_text("utf-8").splitlines()
    assert (code, len(lines)) == (pack.code, len(request.evaluation.actions))
    services.create_workspace(tmp_path / "example.apq", request.evaluation).close()
    assert main(["export", str(tmp_path / "example.apq"), "--to", str(tmp_path), "--titles"]) == 0
    assert capsys.readouterr().out.endswith("_titles.txt\n")
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert "the titles alone" in capsys.readouterr().out


def test_every_format_of_one_evaluation_can_lie_in_one_folder(catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = services.example(catalogue)
    (pack,) = services.export(services.ExportRequest(evaluation, catalogue, tmp_path, tuple(services.FORMATS)))
    assert len({file.name.casefold() for file in pack.files}) == len(services.FORMATS)
    assert all(file.stat().st_size > 100 for file in pack.files)


@pytest.mark.parametrize("key", ["plan", "actions", "calendar"])
def test_chosen_actions_can_be_written_by_themselves(key: str, catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = services.example(catalogue)
    made = []
    for items in (None, evaluation.actions[:1]):
        request = services.ExportRequest(evaluation, catalogue, tmp_path, (key,), items=items)
        made.append(services.save(request, "chosen").read_bytes())
    assert len(made[1]) < len(made[0])


PARTS = get_args(get_type_hints(services.Printed)["part"])
SUMMER_NIGHT = "2026-07-14T23:30:00+00:00"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows reads the time zone at the start only")
def test_whatever_is_written_shown_or_printed_carries_the_persons_own_day(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluation = services.example(catalogue)
    evaluation.changed, evaluation.completed_on = SUMMER_NIGHT, ""
    monkeypatch.setenv("TZ", "GMT0BST,M3.5.0/1,M10.5.0")
    time.tzset()
    try:
        told = {
            f"to print, {part}": services.sheet(evaluation, catalogue, services.Printed(part, "needs"))
            for part in PARTS
        }
        told["to read"] = services.as_read(evaluation, catalogue, EVERYTHING)
        for key, one in services.FORMATS.items():
            made = services.save(services.ExportRequest(evaluation, catalogue, tmp_path, (key,)), f"{key}{one.suffix}")
            told[key] = _text_of(made)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert [name for name, text in told.items() if "14 July 2026" in text or "2026-07-14" in text] == []
    assert {name for name, text in told.items() if "15 July 2026" in text} >= {"pdf", "web", "plan", "to read"}


def _text_of(file: Path) -> str:
    if file.suffix == ".pdf":
        return subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as parts:
            return "".join(parts.read(name).decode("utf-8") for name in parts.namelist())
    return file.read_text("utf-8")


def test_an_export_leaves_a_line_in_the_log_without_words(
    catalogue: Catalogue, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    evaluation = services.example(catalogue)
    with caplog.at_level(logging.INFO, logger="apq_desktop"):
        services.export(services.ExportRequest(evaluation, catalogue, tmp_path, ("json", "web")))
        services.save(services.ExportRequest(evaluation, catalogue, tmp_path, ("actions",)), "Ours.csv")
    assert [record.getMessage() for record in caplog.records] == ["exported: json, web", "exported: actions"]
