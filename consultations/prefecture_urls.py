from django.urls import path

from consultations.views.prefecture import (
    around,
    builder,
    consultation,
    documents,
    life,
    links,
    meeting_people,
    meetings,
    national,
    partners,
    places,
)

BUILDER = {
    "": builder.builder,
    "nouvelle/": builder.question_new,
    "<int:number>/": builder.question_edit,
    "<int:number>/deplacer/": builder.question_move,
    "<int:number>/copier/": builder.question_copy,
    "<int:number>/retirer/": builder.question_remove,
    "theme/nouveau/": builder.theme_new,
    "theme/<int:number>/": builder.theme_edit,
    "theme/<int:number>/deplacer/": builder.theme_move,
    "theme/<int:number>/retirer/": builder.theme_remove,
    "reprendre/": builder.questions_pick,
    "publier/": builder.questionnaire_publish,
    "apercu/": builder.questionnaire_preview,
}
MEETINGS = {
    "": meetings.prefecture_meetings,
    "nouvelle/": meetings.meeting_new,
    "<int:number>/": meetings.prefecture_meeting,
    "<int:number>/modifier/": meetings.meeting_edit,
    "<int:number>/annoncer/": meetings.meeting_publish,
    "<int:number>/annuler/": meetings.meeting_cancel,
    "<int:number>/inscrits/": meeting_people.meeting_registrations,
    "<int:number>/inscrits/<int:ticket>/annuler/": meeting_people.registration_cancel,
    "<int:number>/tirage/": meeting_people.meeting_draw,
    "<int:number>/liste/": meeting_people.meeting_attendance,
    "<int:number>/liste/cocher/": meeting_people.meeting_tick,
    "<int:number>/presents/": meeting_people.meeting_presents,
    "<int:number>/partenaires/": meeting_people.meeting_partners,
    "<int:number>/partenaires/<int:invitation>/": meeting_people.meeting_partner_answer,
}
AROUND = {
    "participer/": around.consultation_channels,
    "public/": around.consultation_reach,
    "aide/": around.consultation_contact,
    "lieux/": places.places,
    "lieux/nouveau/": places.place_new,
    "lieux/<int:number>/": places.place_edit,
    "lieux/<int:number>/deplacer/": places.place_move,
    "lieux/<int:number>/retirer/": places.place_remove,
    "partenaires/": partners.partners,
    "partenaires/liste/": partners.partners_paste,
    "partenaires/inviter/": partners.partners_invite,
    "partenaires/<int:number>/inviter/": partners.partner_invite,
    "partenaires/<int:number>/retirer/": partners.partner_remove,
    "documents/": documents.attachments,
    "documents/<int:number>/": documents.attachment_read,
    "documents/<int:number>/retirer/": documents.attachment_remove,
    "liens/": links.links,
    "liens/<int:number>/qr.<slug:kind>": links.link_qr,
    "liens/<int:number>/retirer/": links.link_remove,
    "frequentation/": links.visits,
    "prolonger/": life.consultation_extend,
    "retirer/": life.consultation_withdraw,
}
urlpatterns = [
    path("concertations/", consultation.consultations, name="consultations"),
    path("concertations/<slug:campaign>/", consultation.consultation_draft, name="consultation_draft"),
    path("concertations/<slug:campaign>/kit/", national.kit, name="kit"),
    path("concertations/<slug:campaign>/kit/<int:number>/", national.kit_download, name="kit_download"),
    path("concertations/<slug:campaign>/changements/", national.core_changes, name="core_changes"),
    path(
        "concertations/<slug:campaign>/changements/accepter/", national.core_changes_accept, name="core_changes_accept"
    ),
    path("concertations/<slug:campaign>/modifier/", consultation.consultation_edit, name="consultation_edit"),
    path("concertations/<slug:campaign>/publier/", consultation.consultation_publish, name="consultation_publish"),
    *(
        path(f"concertations/<slug:campaign>/questionnaire/{rest}", view, name=view.__name__)
        for rest, view in BUILDER.items()
    ),
    *(
        path(f"concertations/<slug:campaign>/reunions/{rest}", view, name=view.__name__)
        for rest, view in MEETINGS.items()
    ),
    *(path(f"concertations/<slug:campaign>/{rest}", view, name=view.__name__) for rest, view in AROUND.items()),
]
