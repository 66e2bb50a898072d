"""What a bundle starts: the program, as the command apq-desktop does."""

import sys

from apq_desktop.__main__ import main

# As PyInstaller does by itself: there is no "python -m" here with which the program could start itself once more.
sys.frozen = True  # type: ignore[attr-defined]
sys.exit(main())
