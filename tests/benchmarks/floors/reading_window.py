"""The floor for opening: an empty window that, once painted, imports SQLAlchemy and reads every row of a file."""

from __future__ import annotations

import json
import sys

from PySide6.QtWidgets import QApplication

from tests.benchmarks.floors.empty_window import EmptyWindow

TABLES = ("meta", "evaluations", "settings", "areas", "notes", "entries", "citations", "evidence", "actions")


class ReadingWindow(EmptyWindow):
    def report(self) -> None:
        from sqlalchemy import create_engine, text

        with create_engine(f"sqlite:///{sys.argv[1]}").connect() as connection:
            rows = [row for table in TABLES for row in connection.execute(text(f"SELECT * FROM {table}"))]
        from tests.benchmarks import own_process

        print(json.dumps({"editable_ms": own_process.since_start(), "rows": len(rows)}))
        self.close()


if __name__ == "__main__":
    application = QApplication([])
    window = ReadingWindow()
    window.show()
    application.exec()
