"""What was said, by which channel; and the log that proves nothing was dropped."""

from .contribution import Audience, Channel, Contribution, Statement
from .draft import Draft
from .log import Checkpoint, Leaf, LogEntry

__all__ = ["Audience", "Channel", "Checkpoint", "Contribution", "Draft", "Leaf", "LogEntry", "Statement"]
