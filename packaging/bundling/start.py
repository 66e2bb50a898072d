"""What a bundle starts: the program, as the command apq-desktop does; or one of the processes that help it.

Python's multiprocessing starts the program once more where many packs are read, and names in the words of the command
line what that process is for. PyInstaller's own answer to it imports all of multiprocessing at each start.
"""

import sys

# As PyInstaller does by itself: there is no "python -m" here with which the program could start itself once more.
sys.frozen = True  # type: ignore[attr-defined]
# There is no file from which such a process could read this module.
__file__ = None  # type: ignore[assignment]
TRACKER = "from multiprocessing.resource_tracker import main;main("


def start() -> int:
    """Start what the command line asks for."""
    if sys.argv[1:2] == ["--multiprocessing-fork"]:
        from multiprocessing import spawn

        spawn.freeze_support()
    if sys.argv[-1].startswith(TRACKER):
        from multiprocessing import resource_tracker

        resource_tracker.main(int(sys.argv[-1].removeprefix(TRACKER).rstrip(")")))
        return 0
    from apq_desktop.__main__ import main

    return main()


sys.exit(start())
