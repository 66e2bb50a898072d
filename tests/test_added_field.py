"""A new optional field is its place in the model and its row in the table of fields; it is then everywhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
IN_THE_MODEL = ("    priority: Priority = field(", '    cost: Line = field(default="", metadata=ADDED_LATER)\n')
IN_THE_TABLE = (
    '    Field("actions", "measure",',
    '    Field("actions", "cost", "What it costs", group="item", column="hidden", printed="It costs: "),\n',
)


def _insert(path: Path, before: str, line: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(before) == 1, f"{path.name} has another place for this now"
    path.write_text(text.replace(before, line + before), "utf-8")


def test_a_field_that_the_model_and_the_table_of_fields_gain_is_everywhere(tmp_path: Path) -> None:
    for name in ("apq_desktop", "forms", "resources", "tests", "packaging"):
        shutil.copytree(CHECKOUT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "screenshots"))
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    evaluation = tmp_path / "apq_desktop" / "evaluation"
    _insert(evaluation / "model.py", *IN_THE_MODEL)
    _insert(evaluation / "fields.py", *IN_THE_TABLE)
    words = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "tests/added_field.py"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
