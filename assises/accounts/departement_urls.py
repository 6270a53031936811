from django.urls import include, path

from assises.accounts.views import prefecture, team

urlpatterns = [
    path("prefecture/", prefecture.prefecture_home, name="prefecture_home"),
    path("prefecture/equipe/", team.team, name="team"),
    path("prefecture/equipe/inviter/", team.invite_to_team, name="invite_to_team"),
    path("prefecture/equipe/<int:number>/modifier/", team.edit_member, name="edit_member"),
    path("prefecture/equipe/<int:number>/retirer/", team.remove_member, name="remove_member"),
    path(
        "prefecture/equipe/invitations/<int:number>/renvoyer/",
        team.send_invitation_again,
        name="send_invitation_again",
    ),
    path("prefecture/equipe/invitations/<int:number>/annuler/", team.cancel_invitation, name="cancel_invitation"),
    path("prefecture/coordonnees/", prefecture.facts, name="facts"),
    path("prefecture/coordonnees/modifier/", prefecture.edit_facts, name="edit_facts"),
    path("prefecture/delegation/", prefecture.delegations, name="delegations"),
    path("prefecture/delegation/<int:number>/retirer/", prefecture.revoke_delegation, name="revoke_delegation"),
    path("prefecture/historique/", prefecture.history, name="history"),
    path("prefecture/courriels/", include("assises.outbox.prefecture_urls")),
]
