#!/usr/bin/env python3
"""Compile requirements/*.in to pinned, hashed files that name no package index."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SETS = ("uv", "runtime", "production", "demo", "dev")
OPTIONS = (
    "--quiet",
    "--upgrade",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
)

if __name__ == "__main__":
    uv = Path(sys.executable).parent / "uv"
    for name in SETS:
        files = [f"{name}.in", "--output-file", f"{name}.txt"]
        subprocess.run(
            [uv, "pip", "compile", *OPTIONS, *files], cwd=PROJECT / "requirements", check=True
        )
        print(f"requirements/{name}.txt")
