"""What a large reading took is handed back to the system."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Hand back memory that is free again, where the C library can (malloc_trim(3) of glibc).

    It would stay with the thread that has read, for the next reading of that size.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
