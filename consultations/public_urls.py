"""Around a consultation, below a department's name."""

from django.urls import path

from consultations.views import public, public_meetings, public_registering

MEETING = "<slug:campaign>/reunions/<int:number>"
urlpatterns = [
    path("reunions/", public_meetings.meetings, name="meetings"),
    path("reunions.ics", public_meetings.meetings_calendar, name="meetings_calendar"),
    path(f"{MEETING}/", public_meetings.meeting, name="meeting"),
    path(f"{MEETING}/reunion.ics", public_meetings.meeting_calendar, name="meeting_calendar"),
    path(f"{MEETING}/tirage/", public_meetings.meeting_replay, name="meeting_replay"),
    path(f"{MEETING}/inscription/", public_registering.meeting_register, name="meeting_register"),
    path(f"{MEETING}/inscription/<slug:key>/", public_registering.meeting_registration, name="meeting_registration"),
    path(f"{MEETING}/reponse/<slug:key>/", public_registering.meeting_answer, name="meeting_answer"),
    path("<slug:campaign>/suivre/", public.follow, name="follow"),
    path("<slug:campaign>/suivre/<slug:key>/", public.follow_confirm, name="follow_confirm"),
    path("<slug:campaign>/ne-plus-suivre/<slug:key>/", public.unfollow, name="unfollow"),
    path("<slug:campaign>/fil.xml", public.consultation_feed, name="consultation_feed"),
    path("<slug:campaign>/documents/<int:number>/", public.attachment, name="attachment"),
]
