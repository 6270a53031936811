"""What is asked, where and until when."""

from .campaign import Campaign, CoreQuestion, CoreTheme
from .consultation import Consultation
from .facts import Kind
from .questionnaire import Question, QuestionnaireVersion, Theme

__all__ = [
    "Campaign",
    "Consultation",
    "CoreQuestion",
    "CoreTheme",
    "Kind",
    "Question",
    "QuestionnaireVersion",
    "Theme",
]
