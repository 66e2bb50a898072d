"""The floor for typing: the same words in a bare QTextEdit. Prints the median and the 95th percentile."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QTextEdit

from tests.benchmarks import material
from tests.benchmarks.measuring import median, percentile
from tests.benchmarks.typing_keys import milliseconds_for_each

if __name__ == "__main__":
    application = QApplication([])
    field = QTextEdit(material.three_thousand_words(int(sys.argv[1])))
    field.resize(900, 350)
    field.show()
    QCoreApplication.processEvents()
    figures = milliseconds_for_each(field, int(sys.argv[2]), lambda: None)
    print(json.dumps({"median_ms": median(figures), "high_ms": percentile(figures, 95)}))
    field.close()
