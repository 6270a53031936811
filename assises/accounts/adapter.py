"""How allauth's pages behave here: nobody signs up, mail goes through the outbox, attempts are slowed per browser."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.httpkit import clean_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from assises.accounts import attempts
from assises.accounts.models import User
from assises.outbox.post import enqueue
from assises.tenancy.context import as_ministry

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 (a server on a Unix socket sees no address; nothing listens here)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Ce compte est fermé. Adressez-vous à l’administrateur de votre équipe.",
        "email_password_mismatch": "L’adresse ou le mot de passe ne convient pas.",
        "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
        "incorrect_code": "Ce code ne convient pas. Attendez le suivant, puis recopiez-le.",
        "incorrect_password": "Ce mot de passe ne convient pas.",
        "invalid_login": "L’adresse ou le mot de passe ne convient pas.",
        "invalid_password_reset": "Ce lien a déjà servi ou a expiré. Demandez-en un autre.",
        "too_many_login_attempts": (
            "Il y a eu trop d’essais. Attendez cinq minutes, ou changez de mot de passe : un lien vous sera envoyé."
        ),
        "rate_limited": "Il y a eu trop d’essais. Attendez quelques minutes, puis recommencez.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A person is of no prefecture when they ask for a password: their mail is the ministry's to send."""
        words = {"request": self.request, "email": email, "current_site": {"domain": settings.BASE_URL}, **context}
        made = self.render_mail(template_prefix, email, words)
        with as_ministry():
            enqueue(
                kind=template_prefix.rpartition("/")[2],
                to=email,
                prefecture=None,
                subject=made.subject,
                text=f"{made.body}\n",
            )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From BASE_URL: an address made from the request's Host could be somebody else's."""
        person, _, proof = key.partition("-")
        return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": person, "key": proof})

    def get_client_ip(self, request: HttpRequest) -> str:
        """The last address that our own proxies did not add; never a 500 because a header is short."""
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        proxies = settings.TRUSTED_PROXIES
        address = hops[-proxies] if 0 < proxies <= len(hops) else request.META.get("REMOTE_ADDR", "")
        return clean_client_ip(address) or UNKNOWN_ADDRESS

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._login_failed_rl_usage = attempts.use_one(request, credentials.get("email", ""))
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        attempts.forgive(request, credentials.get("email", ""))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Nobody is asked for the password that they have just given."""
        return super().is_reauthentication_required(app=app, **kwargs) and not has_just_logged_in(self.request)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "C’est votre seul second facteur, et il en faut un. Ajoutez-en un autre avant de retirer celui-ci."
        ),
        "incorrect_code": "Ce code ne convient pas. Attendez le suivant, puis recopiez-le.",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one stays, where a second factor is required."""
        if not settings.SECOND_FACTOR_REQUIRED or authenticator.type not in SECOND_FACTORS:
            return True
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (allauth’s name)
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Clé principale" if number == 0 else f"Clé n° {number + 1}"


def has_just_logged_in(request: HttpRequest) -> bool:
    moments = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(moments) and timezone.now().timestamp() - max(moments) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
