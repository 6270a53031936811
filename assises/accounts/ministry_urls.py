from django.urls import include, path

from assises.accounts.views import ministry, team

urlpatterns = [
    path("", ministry.ministry_home, name="ministry_home"),
    path("prefectures/", ministry.prefectures, name="prefectures"),
    path("prefectures/inviter/", ministry.invite_prefecture, name="invite_prefecture"),
    path("prefectures/liste/", ministry.upload_mailboxes, name="upload_mailboxes"),
    path("prefectures/liste/envoyer/", ministry.confirm_mailboxes, name="confirm_mailboxes"),
    path("prefectures/relancer/", ministry.send_expired_invitations_again, name="send_expired_invitations_again"),
    path(
        "prefectures/invitations/<int:number>/renvoyer/",
        ministry.send_prefecture_invitation_again,
        name="send_prefecture_invitation_again",
    ),
    path(
        "prefectures/invitations/<int:number>/annuler/",
        ministry.cancel_prefecture_invitation,
        name="cancel_prefecture_invitation",
    ),
    path("equipe/", team.ministry_team, name="ministry_team"),
    path("equipe/inviter/", team.invite_to_ministry, name="invite_to_ministry"),
    path("equipe/<int:number>/modifier/", team.edit_ministry_member, name="edit_ministry_member"),
    path("equipe/<int:number>/retirer/", team.remove_ministry_member, name="remove_ministry_member"),
    path(
        "equipe/invitations/<int:number>/renvoyer/",
        team.send_ministry_invitation_again,
        name="send_ministry_invitation_again",
    ),
    path(
        "equipe/invitations/<int:number>/annuler/",
        team.cancel_ministry_invitation,
        name="cancel_ministry_invitation",
    ),
    path("historique/", ministry.ministry_history, name="ministry_history"),
    path("courriels/", include("assises.outbox.ministry_urls")),
]
