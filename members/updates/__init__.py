"""Updates by mail: what is new for whom, told at once or in a digest, never twice."""

from .items import items_for
from .planning import build, plan

__all__ = ["build", "items_for", "plan"]
