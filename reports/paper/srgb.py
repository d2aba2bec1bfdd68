"""The colour space that a report's colours are meant in: sRGB, as an ICC profile made from its published figures.

The profile is written here and not taken from a file, so it is under the licence of this project and its bytes are the
same on every machine.

Sources: IEC 61966-2-1:1999 (primaries, white point and curve of sRGB); ICC.1:2010, the profile format of PDF/A-2, whose
connection space has the white D50: the primaries below are those of sRGB adapted to it by the Bradford matrix.
"""

from __future__ import annotations

import struct
from functools import lru_cache

_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_BRADFORD = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_HEAD = 128
_VERSION = 0x04200000
_MADE = (2026, 1, 1, 0, 0, 0)


@lru_cache(maxsize=1)
def profile() -> bytes:
    """Return the profile: a display with three primaries and one curve, in ICC version 4.2."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(*_CURVE)
    tags = {
        b"desc": _words("sRGB"),
        b"cprt": _words("Apache-2.0, the Sixstep project"),
        b"wtpt": _point(*_D50),
        b"chad": b"sf32" + bytes(4) + _fixed(*_BRADFORD),
        **{name: _point(*primary) for name, primary in _PRIMARIES.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start = _HEAD + 4 + 12 * len(tags)
    table, body, known = struct.pack(">I", len(tags)), b"", dict[bytes, int]()
    for name, data in tags.items():
        if data not in known:
            known[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", known[data], len(data))
    return _head(start + len(body)) + table + body


def _head(size: int) -> bytes:
    head = struct.pack(">I4sI", size, bytes(4), _VERSION) + b"mntrRGB XYZ " + struct.pack(">6H", *_MADE)
    head += b"acsp" + bytes(28) + _fixed(*_D50)
    return head + bytes(_HEAD - len(head))


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _point(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*values)


def _words(text: str) -> bytes:
    coded = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(coded), 28) + coded
