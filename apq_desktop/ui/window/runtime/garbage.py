"""Collect Python's cyclic garbage in the window's thread only.

Python's own collector runs in whichever thread makes an object. A widget in a circle would then be destroyed in the
store thread, which Qt forbids: the program crashed by it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractEventDispatcher


def collect_at_rest() -> None:
    """From now on collect only in this thread, whenever its event loop has nothing to do and enough was made.

    What exists now stays and is not looked at again.
    """
    gc.disable()
    gc.freeze()
    QAbstractEventDispatcher.instance().aboutToBlock.connect(collect_what_is_due)


def collect_what_is_due() -> None:
    """Collect the oldest generation that is due by Python's own thresholds, which it counts though it is disabled."""
    for generation in (2, 1, 0):
        limit = gc.get_threshold()[generation]
        if limit and gc.get_count()[generation] > limit:
            gc.collect(generation)
            return
