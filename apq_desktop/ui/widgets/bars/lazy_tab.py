"""The place of a page that is made late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from apq_desktop.ui.widgets.layouts import column_in

_Shown = TypeVar("_Shown", bound=QWidget)


class LazyTab(QWidget, Generic[_Shown]):
    """The place of a page that is made when it is first shown, so that the window opens at once."""

    def __init__(self, make: Callable[[], _Shown]) -> None:
        super().__init__()
        self._make = make
        self._page: _Shown | None = None
        self._layout = column_in(self)

    def page(self) -> _Shown:
        """The page itself."""
        if self._page is None:
            self._page = self._make()
            self._layout.addWidget(getattr(self._page, "whole", self._page))  # with what stands around it
        return self._page
