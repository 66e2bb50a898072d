"""Where no window can be opened the program says so in one sentence, and ends with 1 instead of a crash."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from apq_desktop import __main__ as program


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Windows and macOS always have a screen")
@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":4095"}, {"QT_QPA_PLATFORM": "no-such-platform"}])
def test_without_a_screen_there_is_one_sentence(display: dict[str, str]) -> None:
    there = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in there}
    words = [sys.executable, "-m", "apq_desktop"]
    done = subprocess.run(words, env={**environment, **display}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("APQ Desktop cannot open its window, because there is no screen that it can use.")
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_library_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    def start() -> int:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    assert program._with_a_window(start) == 1
    said = capsys.readouterr().err
    assert "lacks libEGL.so.1" in said
    assert len(said.splitlines()) == 1


def test_any_other_failure_to_load_is_not_hidden() -> None:
    def start() -> int:
        raise ImportError("cannot import name 'nothing'")

    with pytest.raises(ImportError, match="nothing"):
        program._with_a_window(start)
