"""The PDF and the web page: what is said, in order, and how it is set on paper and on a screen.

The only floor that knows ReportLab and pikepdf.
"""

import sys
from types import ModuleType

try:
    import PIL  # noqa: F401
except ImportError:
    # A bundle goes without Pillow. ReportLab wants its class of pictures when it loads; no document of ours has one.
    sys.modules["PIL"] = ModuleType("PIL")
    vars(sys.modules["PIL"])["Image"] = None
