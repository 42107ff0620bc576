"""The outlines of the world’s countries, as ``scripts/world_map.py`` drew them."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class World:
    """A drawing of so many units; shapes and points go by the small letters of ISO codes."""

    width: int
    height: int
    shapes: dict[str, str]
    points: dict[str, tuple[int, int]]


@cache
def world() -> World:
    """Return the drawing, read once."""
    drawn = json.loads(Path(__file__).with_name("world.json").read_text())
    return World(
        width=drawn["width"],
        height=drawn["height"],
        shapes={code.lower(): path for code, path in drawn["shapes"].items()},
        points={code.lower(): tuple(point) for code, point in drawn["points"].items()},
    )
