"""`python -m deskterm.sandbox`: the simulated shop's servers, started by `launch`."""

from __future__ import annotations

import sys

from deskterm.sandbox.process import main

if __name__ == "__main__":
    sys.exit(main())
