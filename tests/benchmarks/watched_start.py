"""Starts the program and prints which modules the first painting waited for. Imports nothing by itself before."""

import sys

bare = set(sys.modules)

if __name__ == "__main__":
    from apq_desktop.__main__ import main
    from apq_desktop.ui.window.main_window import MainWindow

    seen: set[str] = set()
    build = MainWindow.__init__

    def build_and_watch(window: MainWindow, *parts: object) -> None:
        build(window, *parts)  # type: ignore[arg-type]
        # Connected first, so that it is called before the program goes on to what may wait.
        window.painted.connect(lambda: seen.update(sys.modules))

    MainWindow.__init__ = build_and_watch  # type: ignore[assignment, method-assign]
    main(["--exit-after-paint"])

    import json

    print(json.dumps({"modules": sorted(seen - bare)}))
