"""The window: the only floor that knows Qt. What is done here makes PySide quicker at the start."""

import contextlib
import enum
import importlib
from typing import Any

import PySide6.QtCore  # noqa: F401 - brings the module below

# To see whether a module may use one of its features, which rename Qt's methods (``from __feature__ import …``), PySide
# reads the source of every module that is imported after it, and Python keeps it: 16 MB and a tenth of the start.
# Nothing here uses them.
with contextlib.suppress(ImportError):
    vars(importlib.import_module("shibokensupport.feature"))["_mod_uses_pyside"] = lambda _module: False

_create_enumeration: Any = vars(enum.EnumType).get("_create_")  # what Enum(name, members) calls


def _quick_enumeration(kind: Any, name: str, members: Any, **more: Any) -> Any:
    """One of Qt's plain enumerations: made by Python with its first member, to which the others are added.

    Python makes each member in some 150 steps, for cases that Qt has none of, and the first painting names classes with
    4,000 of them: a fifth of what it takes longer than an empty window. tests/ui/test_enumerations.py compares all of
    Qt's enumerations with what Python makes of them.
    """
    is_plain = kind in (enum.Enum, enum.IntEnum) and isinstance(members, list) and len(members) > 1
    if not is_plain or any(isinstance(member, str) or hasattr(kind, member[0]) for member in members):
        return _create_enumeration(kind, name, members, **more)
    made = _create_enumeration(kind, name, members[:1], **more)
    by_value, by_name, new = made._value2member_map_, made._member_map_, made._new_member_
    hashable = getattr(made, "_hashable_values_", [])  # from Python 3.12 on
    for member_name, value in members[1:]:
        member = by_value.get(value)
        if member is None:
            member = new(made, value) if kind is enum.IntEnum else new(made)
            member._value_, member._name_, member.__objclass__ = value, member_name, made
            member._sort_order_ = len(made._member_names_)
            made._member_names_.append(member_name)
            hashable.append(value)
            by_value[value] = member
        by_name[member_name] = member
        type.__setattr__(made, member_name, member)
    return made


if _create_enumeration:
    enum.EnumType._create_ = _quick_enumeration  # type: ignore[attr-defined]
