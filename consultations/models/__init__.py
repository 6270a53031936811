"""What is asked, where and until when."""

from .around import Announcement, Attachment, Extension, Follower, Partner, Passing, Place, ShortLink
from .campaign import Campaign, CoreQuestion, CoreTheme
from .coming import Draw, MeetingInvitation, Registration
from .consultation import Consultation
from .facts import Audience, Kind
from .meetings import Meeting
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
    "Draw",
    "Extension",
    "Follower",
    "Kind",
    "KitDocument",
    "Meeting",
    "MeetingInvitation",
    "Partner",
    "Passing",
    "Place",
    "Question",
    "QuestionnaireVersion",
    "Registration",
    "ReservePeriod",
    "ShortLink",
    "Theme",
]
