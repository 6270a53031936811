"""What was said, by which channel; and the log that proves nothing was dropped."""

from .around import Feedback, Sending
from .body import Contact, Enclosure
from .contribution import Channel, Contribution, Flag, Statement
from .draft import Draft
from .log import Checkpoint, Leaf, LogEntry
from .request import Request
from .sought import Sought

__all__ = [
    "Channel",
    "Checkpoint",
    "Contact",
    "Contribution",
    "Draft",
    "Enclosure",
    "Feedback",
    "Flag",
    "Leaf",
    "LogEntry",
    "Request",
    "Sending",
    "Sought",
    "Statement",
]
