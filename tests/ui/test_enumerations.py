"""Qt's enumerations, which are made in a quicker way than Python's own, are just what Python would make of them."""

from __future__ import annotations

import enum
import pickle
from typing import Any

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

from apq_desktop import ui

MODULES = (QtCore, QtGui, QtWidgets)


def enumerations(place: Any) -> list[Any]:
    """Every enumeration of a module of Qt, and of its classes."""
    found: dict[int, Any] = {}
    for owner in (place, *(one for one in map(place.__dict__.get, dir(place)) if isinstance(one, type))):
        for name in dir(owner):
            one = getattr(owner, name, None)
            if isinstance(one, enum.EnumType):
                found[id(one)] = one
    return list(found.values())


def told(made: Any) -> list[object]:
    """Everything that can be asked of an enumeration."""
    return [
        (str(made), repr(made), made.__mro__[1:], len(made), list(made.__members__)),
        [(one.name, one.value, str(one), repr(one), hash(one), one._sort_order_) for one in made],
        [(made[name].name, getattr(made, name).value) for name in made.__members__],
        [made(one.value) is one and one in made and one.value in made.__members__.values() for one in made],
        sorted(set(made)) == list(made) if issubclass(made, int) else len(set(made)),
        sorted(name for name in dir(made) if not name.startswith("_")),
        [type(one) is made for one in made],
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.__name__)
def test_each_enumeration_is_what_python_makes_of_it(module: Any) -> None:
    found = enumerations(module)
    assert len(found) > 40
    for one in found:
        kind = one.__mro__[1]
        members = [(name, member.value) for name, member in one.__members__.items()]
        makers = (ui._quick_enumeration, ui._create_enumeration)
        quick, slow = (make(kind, one.__name__, list(members), module=__name__) for make in makers)
        assert told(quick) == told(slow), one


def test_members_go_anywhere_and_come_back_as_themselves() -> None:
    for one in (QtCore.Qt.Key.Key_Space, QtCore.QEvent.Type.KeyPress, QtCore.Qt.ConnectionType.QueuedConnection):
        assert pickle.loads(pickle.dumps(one)) is one  # noqa: S301 - what was pickled just now
    assert QtCore.Qt.Key["Key_Any"] is QtCore.Qt.Key["Key_Space"]


def test_a_class_of_ones_own_is_left_to_python() -> None:
    makers: list[Any] = [{"one": 1, "two": 2}, ["name", "value"], "one two"]
    for members in makers:
        made: Any = ui._quick_enumeration(enum.Enum, "own", members, module=__name__)
        assert [one.value for one in made] == [1, 2]
