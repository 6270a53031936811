"""Words for invented contributions: whole clauses, so that whatever is put together is French."""

from contributions.demo.vocabulary.subjects import Subject
from contributions.demo.vocabulary.the_state import SUBJECTS as THE_STATE
from contributions.demo.vocabulary.theft_and_fraud import SUBJECTS as THEFT_AND_FRAUD
from contributions.demo.vocabulary.together import SUBJECTS as TOGETHER

SUBJECTS: tuple[Subject, ...] = (*THE_STATE, *THEFT_AND_FRAUD, *TOGETHER)

__all__ = ["SUBJECTS", "Subject"]
