#!/usr/bin/env python3
"""Write environment.yml from requirements.lock, for those who use conda: the same packages, the same versions.

    python .ci/make_environment.py
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment(lock: str) -> str:
    """environment.yml as it follows from the lock: every pin inline, since some tools do not find a list beside it."""
    pins = [line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[a-z0-9]", line, re.I)]
    quoted = "\n".join(f"      - \"{pin}\"" if ";" in pin else f"      - {pin}" for pin in (p.replace('"', "'") for p in pins))
    return ("# Made from requirements.lock by .ci/make_environment.py; a test keeps the two alike.\n"
            "# After “conda env create”, activate it and install this folder: pip install --no-deps --no-build-isolation -e .\n"
            f"name: sixphase\ndependencies:\n  - python=3.11\n  - pip\n  - pip:\n{quoted}\n")


if __name__ == "__main__":
    made = environment((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    (ROOT / "environment.yml").write_text(made, encoding="utf-8", newline="\n")
