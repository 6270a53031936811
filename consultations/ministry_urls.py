from django.urls import path

from consultations.views.ministry import builder, campaigns, extending, kit, launching, preparing, reserves

BUILDER = {
    "questions/": builder.core_builder,
    "questions/nouvelle/": builder.core_question_new,
    "questions/<int:number>/": builder.core_question_edit,
    "questions/<int:number>/deplacer/": builder.core_question_move,
    "questions/<int:number>/copier/": builder.core_question_copy,
    "questions/<int:number>/retirer/": builder.core_question_remove,
    "questions/theme/nouveau/": builder.core_theme_new,
    "questions/theme/<int:number>/": builder.core_theme_edit,
    "questions/theme/<int:number>/deplacer/": builder.core_theme_move,
    "questions/theme/<int:number>/retirer/": builder.core_theme_remove,
    "questions/reprendre/": builder.core_questions_pick,
    "apercu/": builder.core_preview,
}
CAMPAIGN = {
    "": campaigns.campaign,
    "modifier/": preparing.campaign_edit,
    "plan-de-la-synthese/": preparing.campaign_outline,
    "refaire/": preparing.campaign_duplicate,
    "kit/": kit.campaign_kit,
    "kit/nouveau/": kit.campaign_kit_new,
    "kit/<int:number>/": kit.campaign_kit_download,
    "kit/<int:number>/retirer/": kit.campaign_kit_remove,
    "lancer/": launching.campaign_launch,
    "prefectures/": launching.campaign_prefectures,
    "relancer/": launching.campaign_remind,
    "messages/": launching.campaign_messages,
    "messages/nouveau/": launching.campaign_message_new,
    "prolonger/": extending.campaign_extend,
}
urlpatterns = [
    path("exercices/", campaigns.campaigns, name="campaigns"),
    path("exercices/nouveau/", preparing.campaign_new, name="campaign_new"),
    path("exercices/reserve-electorale/", reserves.reserves, name="reserves"),
    path("exercices/reserve-electorale/nouvelle/", reserves.reserve_new, name="reserve_new"),
    path("exercices/reserve-electorale/<int:number>/", reserves.reserve_edit, name="reserve_edit"),
    path("exercices/reserve-electorale/<int:number>/retirer/", reserves.reserve_remove, name="reserve_remove"),
    *(path(f"exercices/<slug:campaign>/{rest}", view, name=view.__name__) for rest, view in CAMPAIGN.items()),
    *(path(f"exercices/<slug:campaign>/{rest}", view, name=view.__name__) for rest, view in BUILDER.items()),
]
