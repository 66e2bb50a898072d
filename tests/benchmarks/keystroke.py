"""Typing: from a key event to the painted letter, in a form with 3,000 words in one field."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, alternating, median, percentile
from tests.benchmarks.processes import child

MOST_MS = 16.0
KEYS = 60
SHAPES = ((material.A_PARAGRAPH, "30 paragraphs"), (material.WORDS, "one paragraph"))


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """Each repetition is a fresh window; a save is under way at every tenth key."""
    found = []
    for paragraph, shape in SHAPES:
        file = material.long_file(folder, paragraph)
        bare, ours = alternating(
            repetitions,
            partial(child, folder, "tests.benchmarks.floors.bare_field", paragraph, KEYS),
            partial(child, folder, "tests.benchmarks.keystroke", file),
        )
        for figure, words in (("median_ms", "median"), ("high_ms", "95th percentile")):
            found.append(
                Measurement(
                    f"keystroke-{figure[:-3]}-{paragraph}",
                    f"Keystroke to painted, 3,000 words in {shape}, {words}",
                    median([each[figure] for each in ours]),
                    floor_name="a bare QTextEdit with the same words",
                    floor=median([each[figure] for each in bare]),
                    limit=MOST_MS,
                    limit_on="figure",
                )
            )
    return found


def _in_this_process(file: Path) -> dict[str, float]:
    from apq_desktop.ui.fields.text_fields import TextField
    from tests.benchmarks.open_window import OpenWindow
    from tests.benchmarks.typing_keys import milliseconds_for_each

    opened = OpenWindow(file)
    form = opened.view.show_area(material.catalogue().areas[0].key)
    opened.application.processEvents()
    field = next(field for field in form.findChildren(TextField) if len(field.value().split()) >= material.WORDS)
    form.bring_out(field)
    opened.application.processEvents()
    assert opened.window.session is not None
    figures = milliseconds_for_each(field, KEYS, opened.window.session.autosave.flush)
    opened.close()
    return {"median_ms": median(figures), "high_ms": percentile(figures, 95)}


if __name__ == "__main__":
    print(json.dumps(_in_this_process(Path(sys.argv[1]))))
