"""Leaving an area out is explained where it is done, and told in the area that then weighs more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from apq_desktop.ui.pages.area.not_applicable import AS_A_RULE, WeightHint
from apq_desktop.ui.widgets.buttons import LinkButton
from tests.ui.screens import settle

if TYPE_CHECKING:
    from apq_desktop.ui.pages.area.area_form import AreaForm
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("empty")


def show(window: MainWindow, area: str) -> AreaForm:
    assert window.view is not None
    form = window.view.show_area(area)
    settle()
    return form


def shown(form: AreaForm) -> list[str]:
    return [label.text() for label in form.findChildren(QLabel) if label.isVisible()]


def test_without_post_16_destinations_appropriate_transition_weighs_more_and_says_so(window: MainWindow) -> None:
    transition = show(window, "transition")
    weight = transition.findChild(WeightHint)
    assert weight is not None
    assert not weight.isVisible()
    form = show(window, "post-16")
    form.not_applying.click()
    assert form.area.does_not_apply in shown(form)
    link = next(link for link in form.findChildren(LinkButton) if "weighs more" in link.text())
    link.click()
    settle()
    assert show(window, "transition") is transition
    assert weight.isVisible()
    assert weight.text() == "Area 13, Post-16 destinations, does not apply to you, so this area weighs more."
    window.undo_actions.take_back()
    show(window, "transition")
    assert not weight.isVisible()


def test_an_area_that_fits_every_setting_says_so_before_it_is_left_out(window: MainWindow) -> None:
    form = show(window, "attendance")
    assert AS_A_RULE not in shown(form)
    form.not_applying.click()
    assert AS_A_RULE in shown(form)
