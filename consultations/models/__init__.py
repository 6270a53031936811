"""What is asked, where and until when."""

from .around import Announcement, Attachment, Extension, Follower, Partner, Passing, Place, ShortLink
from .campaign import Campaign, CoreQuestion, CoreTheme
from .consultation import Consultation
from .facts import Audience, Kind
from .national import CampaignExtension, CampaignMessage, Correction, KitDocument, ReservePeriod
from .questionnaire import Question, QuestionnaireVersion, Theme

__all__ = [
    "Announcement",
    "Attachment",
    "Audience",
    "Campaign",
    "CampaignExtension",
    "CampaignMessage",
    "Consultation",
    "CoreQuestion",
    "CoreTheme",
    "Correction",
    "Extension",
    "Follower",
    "Kind",
    "KitDocument",
    "Partner",
    "Passing",
    "Place",
    "Question",
    "QuestionnaireVersion",
    "ReservePeriod",
    "ShortLink",
    "Theme",
]
