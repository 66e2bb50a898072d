"""The one place that finds ``forms/`` and ``resources/``, in a checkout, a wheel or a bundle."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_PACKAGE = Path(str(files("apq_desktop")))
_BUNDLED = _PACKAGE / "_bundled"
_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent


def forms() -> Path:
    """The folder of the instrument: ``catalogue.toml`` and a folder for each category."""
    return _ROOT / "forms"


def resources() -> Path:
    """The folder of icons, help pages, the worked example and the published JSON Schema."""
    return _ROOT / "resources"
