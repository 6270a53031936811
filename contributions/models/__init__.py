"""What was said, by which channel; and the log that proves nothing was dropped."""

from .contribution import Channel, Contribution, Statement
from .draft import Draft
from .log import Checkpoint, Leaf, LogEntry

__all__ = ["Channel", "Checkpoint", "Contribution", "Draft", "Leaf", "LogEntry", "Statement"]
