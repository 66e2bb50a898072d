"""LibreOffice, as a reader that knows nothing of ours: documents as it saves them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence


def needs(library: str) -> pytest.MarkDecorator:
    """Skip where LibreOffice, or one of its parts, is not installed."""
    there = Path(shutil.which("soffice") or "nowhere").resolve().with_name(library).exists()
    reason = f"LibreOffice with {library} is not installed: packaging/dev.py test installs it on Debian"
    return pytest.mark.skipif(not there, reason=reason)


def saved_by_libreoffice(path: Path, kind: str, suffix: str) -> Sequence[Path]:
    """What LibreOffice makes of a file, with a profile of its own beside it."""
    folder = path.parent / "made"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    words = ("soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path))
    subprocess.run(words, check=True, capture_output=True, timeout=600)
    return sorted(folder.glob(f"*{suffix}"))
