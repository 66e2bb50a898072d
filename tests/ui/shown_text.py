"""All that stands in an open evaluation, as one text."""

from __future__ import annotations

from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.window.main_window import MainWindow


def shown_text(window: MainWindow, catalogue: Catalogue) -> str:
    """All text that the window's fields show, page by page."""
    assert window.view is not None
    pages: list[object] = [window.view.show_area(area.key) for area in catalogue.areas]
    window.view.show_details()
    pages.append(window.view.details)
    shown: list[str] = []
    for page in pages:
        assert hasattr(page, "findChildren")
        shown += [field.toPlainText() for field in page.findChildren(TextField)]
        shown += [line.text() for line in page.findChildren(LineField)]
    return "\n".join(shown)
