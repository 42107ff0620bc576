"""Many sample pages for measuring: planned without a database, then written in bulk."""

from .plan import Places, plan_event, plan_page
from .writer import populate

__all__ = ["Places", "plan_event", "plan_page", "populate"]
