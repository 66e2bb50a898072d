"""Read the instrument from ``forms/``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.catalogue import Area, Catalogue, StandardsList
from apq_desktop.toolkit.catalogue_rules import check_area, check_standards, check_whole, file_name
from apq_desktop.toolkit.toml_reader import build, parsed

STANDARDS = "standards.toml"


def load(folder: Path) -> Catalogue:
    """Read and check the whole instrument below ``folder``. Raises InstrumentError naming file and key."""
    catalogue: Catalogue = build(Catalogue, _read(folder, "catalogue.toml"), "catalogue.toml")
    categories = []
    for category in catalogue.categories:
        if category.areas:
            raise InstrumentError("catalogue.toml", "categories.areas", "areas have files of their own")
        areas = []
        for path in sorted((folder / category.key).glob("*.toml")):
            file = f"{category.key}/{path.name}"
            area: Area = build(Area, _read(folder, file), file)
            if path.name != (name := file_name(area)):
                raise InstrumentError(file, "key", f"a file of this number and key is called {name}")
            check_area(area, file, catalogue)
            areas.append(area)
        categories.append(replace(category, areas=tuple(sorted(areas, key=lambda area: area.number))))
    catalogue = replace(catalogue, categories=tuple(categories))
    check_whole(catalogue)
    return replace(catalogue, standards_lists=(_standards(folder, catalogue),))


def _standards(folder: Path, catalogue: Catalogue) -> StandardsList:
    """The national standards, whose themes are those of the catalogue."""
    loaded: StandardsList = build(StandardsList, _read(folder, STANDARDS), STANDARDS)
    check_standards(loaded.standards, STANDARDS)
    known = {theme.key for theme in catalogue.standards}
    for n, standard in enumerate(loaded.standards, 1):
        if standard.theme not in known:
            raise InstrumentError(STANDARDS, f"standards.{n}.theme", f"no standard {standard.theme!r} in the catalogue")
    return loaded


def _read(folder: Path, file: str) -> dict[str, Any]:
    try:
        data = (folder / file).read_bytes()
    except OSError as error:
        raise InstrumentError(file, "file", f"cannot be read ({error})") from error
    return parsed(data, file)
