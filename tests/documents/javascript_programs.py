"""Tries two programs in JavaScript: a reply typed with pdf-lib and pdf.js comes back, and letters copy out.

``npm install pdf-lib pdfjs-dist`` in some folder, then ``python -m tests.documents.javascript_programs FOLDER``. It is
no test of the suite, which installs nothing for Node.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from apq_desktop import paths
from apq_desktop.documents.blank_form.filled_reply import FilledReply, read_filled_reply
from apq_desktop.documents.pdf.attachment import attached_data
from apq_desktop.evaluation.model import Entry
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.toolkit.loader import load
from tests.documents import replying
from tests.documents.putting import write_pdf
from tests.documents.reading import letters
from tests.documents.samples import sample
from tests.documents.scripts import FROM_THE_RIGHT


def main(modules: str) -> int:
    """Print what was found. Returns 0 where all is well, else 1."""
    with TemporaryDirectory() as folder:
        found = _faults(Path(modules).resolve(), Path(folder))
    print("\n".join(found) or "Both replies came back word for word, and the letters copied out as they were typed.")
    return 1 if found else 0


def _faults(modules: Path, folder: Path) -> list[str]:
    catalogue = load(paths.forms())
    evaluation, sent = sample("example", catalogue), folder / "sent.pdf"
    evaluation.areas[0].strengths = [Entry(script, text) for script, text in FROM_THE_RIGHT.items()]
    data = evaluation_json.write(evaluation, catalogue)
    code = evaluation_json.code_of(data)
    write_pdf(evaluation, catalogue, sent, code=code, include=Include(reply=True), data=data, data_name="data.json")
    named = {f"{replying.mark_of(sent)}.{name}": value for name, value in replying.TYPED.items()}
    (folder / "values.json").write_text(json.dumps(named), encoding="utf-8")
    script = Path(__file__).with_suffix(".mjs")
    subprocess.run(("node", script, modules, sent, folder / "values.json", folder), check=True, timeout=120)
    expected = FilledReply(data=attached_data(sent), **replying.EXPECTED)
    faults = [
        f"{name} lost something: {read_filled_reply(folder / f'{name}.pdf')}"
        for name in ("pdf-lib", "pdf.js")
        if read_filled_reply(folder / f"{name}.pdf") != expected
    ]
    text = letters((folder / "text.txt").read_text("utf-8"))
    return faults + [
        f"{name} copies out otherwise" for name, said in FROM_THE_RIGHT.items() if letters(said) not in text
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
