"""Where each prefecture stands on its first day, as far as the ministry may know: by the invitations it sent itself.

The ministry sees no prefecture's team. That an administrator is in place follows from an accepted invitation, since a
team cannot lose its last one.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assises.accounts.invite import AlreadyInvitedError, invite
from assises.accounts.mailboxes import Mailbox
from assises.accounts.models import Invitation, Prefecture, Role, User

NOBODY, INVITED, EXPIRED, IN_PLACE = "personne", "invitee", "expiree", "en-place"
LABELS = {
    NOBODY: "Personne n’est invité",
    INVITED: "Invitation en attente",
    EXPIRED: "Invitation expirée",
    IN_PLACE: "Administrateur en place",
}
LOOKS = {NOBODY: "", INVITED: "hatch", EXPIRED: "open", IN_PLACE: "done"}


@dataclass(frozen=True)
class Standing:
    """One prefecture, and the invitations that were sent to it, the one that says most about it first."""

    prefecture: Prefecture
    state: str
    invitations: list[Invitation]

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def look(self) -> str:
        return LOOKS[self.state]

    def matches(self, words: str) -> bool:
        """Each word that is typed begins one of the name, the code or the region."""
        known = plain(f"{self.prefecture} {self.prefecture.region}").split()
        return all(any(word.startswith(typed) for word in known) for typed in plain(words).split())


@dataclass(frozen=True)
class Planned:
    """What a line of the list will cause: an invitation, or nothing and why."""

    mailbox: Mailbox
    prefecture: Prefecture
    reason: str

    @property
    def will_be_sent(self) -> bool:
        return not self.reason


def standings() -> list[Standing]:
    """All prefectures in the order of their codes, in two queries."""
    sent: dict[str, list[Invitation]] = {}
    invitations = Invitation.objects.filter(by_ministry=True).exclude(prefecture=None)
    for invitation in invitations.exclude(state=Invitation.State.CANCELLED).with_expiry().order_by("-sent_at"):
        sent.setdefault(invitation.prefecture_id, []).append(invitation)
    return [_standing(prefecture, sent.get(prefecture.code, [])) for prefecture in Prefecture.objects.all()]


def _standing(prefecture: Prefecture, invitations: list[Invitation]) -> Standing:
    accepted = [i for i in invitations if i.state == Invitation.State.ACCEPTED]
    waiting = [i for i in invitations if i.state == Invitation.State.PENDING and not i.has_expired]
    for state, found in ((IN_PLACE, accepted), (INVITED, waiting), (EXPIRED, invitations)):
        if found:
            others = [invitation for invitation in invitations if invitation != found[0]]
            return Standing(prefecture, state, [found[0], *others])
    return Standing(prefecture, NOBODY, [])


def plan(mailboxes: Iterable[Mailbox]) -> list[Planned]:
    """What would be sent: nobody is invited twice, and a prefecture that has its administrator is left alone."""
    by_code = {standing.prefecture.code: standing for standing in standings()}
    waiting = Invitation.objects.filter(by_ministry=True).waiting().exclude(prefecture=None)
    invited = {(invitation.prefecture_id, invitation.email) for invitation in waiting}
    return [
        Planned(mailbox, by_code[mailbox.code].prefecture, _reason(mailbox, by_code[mailbox.code], invited))
        for mailbox in mailboxes
    ]


def _reason(mailbox: Mailbox, standing: Standing, invited: set[tuple[str, str]]) -> str:
    if standing.state == IN_PLACE:
        return "Administrateur déjà en place"
    return "Adresse déjà invitée" if (mailbox.code, mailbox.address) in invited else ""


def invite_first(prefecture: Prefecture, *, email: str, by: User) -> Invitation:
    """The first administrator, who will invite the others."""
    return invite(prefecture=prefecture, email=email, role=Role.ADMINISTRATOR, by=by)


def invite_planned(planned: Iterable[Planned], *, by: User) -> int:
    """Send what was confirmed; an address that somebody else has invited meanwhile is left out."""
    number = 0
    for line in planned:
        if not line.will_be_sent:
            continue
        try:
            invite_first(line.prefecture, email=line.mailbox.address, by=by)
        except AlreadyInvitedError:
            continue
        number += 1
    return number


def plain(text: str) -> str:
    """Without case, accents or apostrophes, as people type."""
    parts = unicodedata.normalize("NFD", text.casefold().replace("’", " ").replace("'", " ").replace("-", " "))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
