"""Know the toolkit's own sentences in a form that somebody typed: its questions and template (2022, Appendices 2, 3).

They are kept as digests, since the words are the toolkit's and not ours. Who copied them has written nothing by it.
"""

from __future__ import annotations

import re
from hashlib import blake2b

_DIGESTS = """
00ca09c1ac 02738db26d 04d655711b 07de8dda14 0bf6347838 0d88385d42 102545500f 17637ac26c 1d46653080 21a1c2f167
249d12bcce 2aa29a4b12 2d4808a393 3148076734 32309ceb0f 36de56f6e5 3ea5aff80c 4680252a19 47fea8b3c1 486ccd942b
4cd15bc0c8 4d13deacc2 515d4842a3 534cff3980 5d4de368c9 6169a6412d 62db36136b 637547f44c 6392013cc5 68f86549e4
6a917847fa 6f7bf9947c 70b51d311a 70b6bcdb2b 751d07697b 75e638c974 76cafdb10f 7883e4c46e 7a0431223e 7c74f51354
7cae17813a 7de93af3f8 816298adb2 83b75924b4 8474eecb6d 89d30144b9 8c407c66f8 8da4bd044f 94b4ba2ded 97173fbc3d
9ecc3c6ff6 a16a088cf5 a2e85b6394 a6054546b7 a809a7682c ac9cbe2d4c aef1a30f89 b3565606e5 b4c134123e bc9108a079
c5c076d9b8 c7ee0c929d cb3dddd341 cb5a1c9fd6 cceb22a885 cf20db7569 d4d6a652bb d687208ba4 d720b33a5c e03afaf205
e3551f6304 e5a7d065f9 ea51a2d3c8 ea7273c4fe edfeb50c34 ef3cefc415 f17462c420 f3b1d12ab4 f9d784b158 fe75a70245
"""
_SENTENCE = re.compile(r"(?<=[.!?:])\s+")


def known_line(text: str) -> str:
    """A line as it is compared: its letters and digits, whatever their case, and one space between words."""
    return " ".join(re.findall(r"\w+", text.replace("’", "").replace("'", "").casefold()))


def without_the_toolkits(text: str) -> str:
    """``text`` without the sentences that the toolkit's own form has."""
    return " ".join(sentence for sentence in _SENTENCE.split(text) if not _is_the_toolkits(sentence))


def _is_the_toolkits(sentence: str) -> bool:
    return blake2b(known_line(sentence).encode(), digest_size=5).hexdigest() in _DIGESTS
