"""Around a consultation, below a department's name."""

from django.urls import path

from consultations.views import public

urlpatterns = [
    path("<slug:campaign>/suivre/", public.follow, name="follow"),
    path("<slug:campaign>/suivre/<slug:key>/", public.follow_confirm, name="follow_confirm"),
    path("<slug:campaign>/ne-plus-suivre/<slug:key>/", public.unfollow, name="unfollow"),
    path("<slug:campaign>/fil.xml", public.consultation_feed, name="consultation_feed"),
    path("<slug:campaign>/documents/<int:number>/", public.attachment, name="attachment"),
]
