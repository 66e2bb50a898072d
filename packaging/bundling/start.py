"""What a bundle starts: the program, as the command apq-desktop does."""

import sys

from apq_desktop.__main__ import main

sys.exit(main())
