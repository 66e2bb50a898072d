"""The one place that finds ``forms/`` and ``resources/``, in a checkout, a wheel or a bundle."""

from __future__ import annotations

from pathlib import Path

# Not importlib.resources: its import costs a tenth of an empty window's start, and wheel and bundle are folders too.
_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"
_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent


def forms() -> Path:
    """The folder of the instrument: ``catalogue.toml`` and a folder for each category."""
    return _ROOT / "forms"


def resources() -> Path:
    """The folder of icons, help pages, the worked example, the web page's style and the published JSON Schema."""
    return _ROOT / "resources"
