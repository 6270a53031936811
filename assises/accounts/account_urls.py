"""Login, second factor, one's own account: allauth's views, each named here, so that none opens unseen."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path, re_path

from assises.access import anyone, signed_in
from assises.accounts.views import public

urlpatterns = [
    path("", public.home_of_person, name="home_of_person"),
    path("reprise/", public.typed_text, name="typed_text"),
    path("invitation/<str:link>/", public.invitation, name="invitation"),
    path("connexion/", anyone(account.login), name="account_login"),
    path("connexion/second-facteur/", anyone(mfa.authenticate), name="mfa_authenticate"),
    path("deconnexion/", anyone(account.logout), name="account_logout"),
    path("inactif/", anyone(account.account_inactive), name="account_inactive"),
    path("confirmation/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("mot-de-passe/", signed_in(account.password_change), name="account_change_password"),
    path("mot-de-passe/oublie/", anyone(account.password_reset), name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", anyone(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        anyone(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait/",
        anyone(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("second-facteur/", signed_in(mfa.index), name="mfa_index"),
    path("second-facteur/confirmation/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-facteur/application/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("second-facteur/application/retirer/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-facteur/codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "second-facteur/codes/nouveaux/", signed_in(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path("second-facteur/codes/fichier/", signed_in(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("second-facteur/cles/", signed_in(keys.list_webauthn), name="mfa_list_webauthn"),
    path("second-facteur/cles/ajouter/", signed_in(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "second-facteur/cles/confirmation/", signed_in(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("second-facteur/cles/<int:pk>/nom/", signed_in(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path("second-facteur/cles/<int:pk>/retirer/", public.remove_key, name="mfa_remove_webauthn"),
]
