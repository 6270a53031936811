"""What it amounts to: how everything was read, what people decided about it, and the departmental document."""

from .reading import Analysis, Decision, Echo, Grouping, Idea, Reading, Tally
from .synthesis import LARGEST_BYTES, Build, Document, DocumentQuerySet, Synthesis, Transmission

__all__ = [
    "LARGEST_BYTES",
    "Analysis",
    "Build",
    "Decision",
    "Document",
    "DocumentQuerySet",
    "Echo",
    "Grouping",
    "Idea",
    "Reading",
    "Synthesis",
    "Tally",
    "Transmission",
]
