"""Whom we write to, what they asked for, and every mail that leaves."""

from .consent import Consent
from .contact import Contact, Suppression
from .delivery import Delivery, DeliveryState, Lane
from .provider import DeliveryEvent
from .topics import Cadence, Subscription, Topic

__all__ = [
    "Cadence",
    "Consent",
    "Contact",
    "Delivery",
    "DeliveryEvent",
    "DeliveryState",
    "Lane",
    "Subscription",
    "Suppression",
    "Topic",
]
