"""Every page, in the states worth looking at. An address that is neither here nor excused fails the build."""

from datetime import date
from typing import Any

from allauth.account.forms import default_token_generator
from django.db.models.functions import Now
from django.utils.http import int_to_base36

from assises.accounts.invite import link_of
from assises.accounts.models import Invitation, Membership, Prefecture
from assises.jobs.run import run_routine
from assises.outbox.models import DemoMail
from assises.tenancy.context import as_ministry, as_prefecture
from assises.tests.browser import around, rooms
from assises.tests.browser.read import READ
from assises.tests.browser.visits import HERE, Visit, person_of
from consultations.tests import visiting as building
from consultations.tests import visiting_campaigns as exercises
from contributions.drafts import new_key
from contributions.tests import visiting_codes as held
from contributions.tests.visiting import alarmed, in_the_name_of, received, written
from syntheses.build import FIRST
from syntheses.models import Build
from syntheses.tests.building import closed_consultation

NOW = {"campaign": "securite-du-quotidien"}


def of(code: str, /, **more: Any) -> dict[str, Any]:
    return {"departement": Prefecture.objects.get(code=code).slug, **more}


def colleague() -> dict[str, Any]:
    """An agent of the team."""
    with as_prefecture(HERE):
        return of(HERE, number=Membership.objects.filter(prefecture=HERE, role="agent").earliest("pk").pk)


def reader() -> dict[str, Any]:
    with as_ministry():
        return {"number": Membership.objects.filter(prefecture=None, role="reader").earliest("pk").pk}


def pending_link() -> dict[str, Any]:
    with as_prefecture(HERE):
        link = link_of(Invitation.objects.filter(prefecture=HERE, state="pending").earliest("pk"))
    return {"link": link.rstrip("/").rpartition("/")[2]}


def reset_link() -> dict[str, Any]:
    person = person_of(Visit("account_login", "agent"))
    return {"uidb36": int_to_base36(person.pk), "key": default_token_generator.make_token(person)}


def some_mail() -> dict[str, Any]:
    DemoMail.objects.get_or_create(
        message_id="<essai@demo.invalid>", defaults={"to": "a@b.invalid", "subject": "Essai", "text": "Bonjour."}
    )
    return {"number": DemoMail.objects.latest("pk").pk}


def campaign_in_preparation() -> dict[str, Any]:
    from assises.testing import make_campaign

    return {"campaign": make_campaign(themes=2, questions=0).slug}


def everywhere() -> dict[str, Any]:
    """Launched a week ago in every prefecture."""
    return exercises.named(exercises.launched())


def being_built() -> dict[str, Any]:
    """Closed, and its first version waits for a worker."""
    closed = closed_consultation("19")
    run_routine(FIRST, "19")
    return of("19", campaign=closed.campaign.slug)


def not_built() -> dict[str, Any]:
    """Its first version was given up."""
    closed = closed_consultation("23")
    run_routine(FIRST, "23")
    with as_prefecture("23"):
        error = "DocumentError : Typst n’a pas pu composer le document"
        Build.objects.update(attempts=6, given_up_at=Now(), last_error=error)
    return of("23", campaign=closed.campaign.slug)


def sent_by(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, **NOW, **more}


def drafted(number: int) -> dict[str, Any]:
    return of(HERE, draft=written(HERE, NOW["campaign"]), number=number, **NOW)


def with_bodies() -> dict[str, Any]:
    """Somebody who answers for a body, with a document."""
    in_the_name_of(HERE, NOW["campaign"])
    return of(HERE, **NOW)


def alarming() -> dict[str, Any]:
    """Words set aside, and people who said whether it was easy."""
    alarmed(HERE, NOW["campaign"])
    return of(HERE, **NOW)


def with_code(*, sealed: bool) -> dict[str, Any]:
    return of(HERE, code=received(HERE, NOW["campaign"], sealed=sealed))


def questionnaire(part: str = "") -> dict[str, Any]:
    """Open in Creuse, with local questions and words mended since."""
    where, question, theme = building.questionnaire("23")
    number = {"question": question, "theme": theme}.get(part)
    return of("23", **where, **({"number": number} if number else {}))


def core(part: str = "") -> dict[str, Any]:
    where, question, theme = building.core()
    number = {"question": question, "theme": theme}.get(part)
    return {**where, **({"number": number} if number else {})}


PUBLIC = [
    Visit("home"),
    Visit("departements"),
    Visit("departement", state="open"),
    Visit("departement", state="to-come", given=lambda: of("23")),
    Visit("departement", state="closed", given=lambda: of("987")),
    Visit("departement", state="nothing", given=lambda: of("01")),
    Visit("search_place", state="several", query="?lieu=saint-denis"),
    Visit("search_place", state="slip", query="?lieu=marseile"),
    Visit("search_place", state="nothing", query="?lieu=qzxqzx"),
    Visit("search_place", state="empty"),
    Visit("consultation", state="open", given=lambda: of(HERE, **NOW)),
    Visit("consultation", state="to-come", given=lambda: of("23", **NOW)),
    Visit("consultation", state="closed", given=lambda: of("987", **NOW)),
    Visit("consultation", state="extended", given=around.extended),
    Visit("consultation", state="withdrawn", given=around.withdrawn),
    Visit("consultation", state="by-invitation", given=around.by_invitation),
    Visit("consultation", state="in-meetings", given=around.in_meetings),
    Visit("follow", given=lambda: of(HERE, **NOW)),
    Visit("follow_confirm", given=around.follower),
    Visit("follow_confirm", state="gone", given=lambda: of(HERE, key=new_key(), **NOW), status=410),
    Visit("unfollow", given=around.follower),
    Visit("unfollow", state="done", given=lambda: of(HERE, key=new_key(), **NOW)),
    *rooms.FOR_ANYONE,
    Visit("answer_step", state="first", given=lambda: drafted(1)),
    Visit("answer_step", state="second", given=lambda: drafted(2)),
    Visit("answer_step", state="gone", given=lambda: of(HERE, draft=new_key(), number=1, **NOW), status=410),
    Visit("answer_step", state="withdrawn", given=around.withdrawn_while_writing, status=409),
    Visit("answer_step", state="closed", given=lambda: of("987", draft=new_key(), number=1, **NOW), status=409),
    Visit("review_answers", given=lambda: of(HERE, draft=written(HERE, NOW["campaign"]), **NOW)),
    Visit("leave_answers", given=lambda: of(HERE, draft=written(HERE, NOW["campaign"]), **NOW)),
    Visit("speak_for", given=lambda: of(HERE, draft=written(HERE, NOW["campaign"]), **NOW)),
    Visit("give_feedback", given=lambda: of(HERE, **NOW)),
    Visit("give_feedback", state="thanks", given=lambda: of(HERE, **NOW), query="?merci=1"),
    Visit("receipt", state="new", given=lambda: with_code(sealed=False)),
    Visit("receipt", state="in-the-log", given=lambda: with_code(sealed=True)),
    Visit("receipt_check", state="soon", given=lambda: with_code(sealed=False)),
    Visit("receipt_check", state="counted", given=lambda: with_code(sealed=True)),
    Visit("receipt", state="closed", given=held.closed),
    Visit("receipt", state="asked", given=held.asked),
    Visit("receipt", state="answered", given=held.answered),
    Visit("receipt", state="corrected", given=held.corrected),
    Visit("receipt", state="withdrawn", given=held.withdrawn),
    Visit("receipt_withdraw", given=lambda: with_code(sealed=False)),
    Visit("receipt_withdraw", state="closed", given=held.closed, status=409),
    Visit("receipt", state="kept-aside", given=held.kept_aside),
    Visit("receipt_request", given=held.closed),
    Visit("receipt_request", state="to-contest", given=held.kept_aside),
    Visit("receipt_mail", given=lambda: with_code(sealed=False)),
    Visit("register", state="open", given=held.registered),
    Visit("register", state="closed", given=held.closed_register),
    Visit("register", state="empty", given=held.empty_register),
    Visit("find_contribution"),
    Visit("privacy"),
    Visit("privacy_departement"),
    Visit("privacy_departement", state="without-address", given=lambda: of("984")),
    Visit("legal"),
    Visit("charter"),
    Visit("figures_meaning"),
    Visit("accessibility"),
    Visit("accessibility_report"),
    Visit("accessibility_report_sent"),
]
ACCOUNT = [
    Visit("account_login"),
    Visit("account_logout", "agent"),
    Visit("account_inactive"),
    Visit("account_reset_password"),
    Visit("account_reset_password_done"),
    Visit("account_reset_password_from_key", given=reset_link),
    Visit("account_reset_password_from_key_done"),
    Visit("account_change_password", "agent"),
    Visit("account_reauthenticate", "agent"),
    Visit("mfa_index", "agent"),
    Visit("invitation", given=pending_link),
    Visit("invitation", state="unreadable", given=lambda: {"link": "abime"}, status=404),
    Visit("typed_text", "agent", "nothing-kept"),
]
PREFECTURE = [
    *(Visit("prefecture_home", role) for role in ("agent", "editor", "administrator", "prefect")),
    Visit("team", "administrator"),
    Visit("team", "agent"),
    Visit("invite_to_team", "administrator"),
    Visit("edit_member", "administrator", given=colleague),
    Visit("remove_member", "administrator", given=colleague),
    Visit("facts", "agent"),
    Visit("edit_facts", "administrator"),
    Visit("edit_facts", "agent", "wrong-role", status=403),
    Visit("delegations", "prefect"),
    Visit("delegations", "agent"),
    Visit("history", "agent"),
    Visit("prefecture_mails", "administrator"),
    Visit("consultations", "editor"),
    Visit("consultation_draft", "editor", "open", lambda: of(HERE, **NOW)),
    Visit("consultation_draft", "editor", "incomplete", lambda: of("03", **NOW), code="03"),
    Visit("consultation_edit", "editor", given=lambda: of("03", **NOW), code="03"),
    Visit("kit", "agent", "empty", lambda: of(HERE, **NOW)),
    Visit("kit", "agent", "documents", lambda: of(HERE, **exercises.named(exercises.launched()))),
    Visit("core_changes", "editor", "nothing", lambda: of(HERE, **NOW)),
    Visit("core_changes", "editor", "draft", lambda: of(HERE, **exercises.named(exercises.launched()))),
    Visit("core_changes", "editor", "open", lambda: of(HERE, **exercises.named(exercises.opened()))),
    Visit("consultation_publish", "editor", "incomplete", lambda: of("03", **NOW), code="03"),
    Visit("consultation_channels", "editor", given=lambda: of("03", **NOW), code="03"),
    Visit("consultation_reach", "editor", given=lambda: of("03", **NOW), code="03"),
    Visit("consultation_contact", "editor", given=lambda: of(HERE, **NOW)),
    Visit("consultation_extend", "editor", given=lambda: of(HERE, **NOW)),
    Visit("consultation_withdraw", "editor", given=lambda: of(HERE, **NOW)),
    *rooms.FOR_THE_TEAM,
    Visit("places", "editor", given=around.place_list),
    Visit("places", "editor", "nothing", lambda: of("03", **NOW), code="03"),
    Visit("place_new", "editor", given=lambda: of(HERE, **NOW)),
    Visit("place_edit", "editor", given=around.place),
    Visit("place_remove", "editor", given=around.place),
    Visit("partners", "editor", given=around.partner_list),
    Visit("partners", "editor", "nothing", lambda: of("03", **NOW), code="03"),
    Visit("partners_paste", "editor", given=lambda: of(HERE, **NOW)),
    Visit("partner_remove", "editor", given=around.partner),
    Visit("attachments", "editor", given=around.document_list),
    Visit("attachment_remove", "editor", given=around.document),
    Visit("links", "editor", given=around.link_list),
    Visit("link_remove", "editor", given=around.link),
    Visit("visits", "agent", given=around.counted),
    Visit("visits", "editor", "nothing", lambda: of("23", **NOW), code="23"),
    Visit("builder", "editor", "draft", lambda: of("03", **NOW), code="03"),
    Visit("builder", "editor", "changed", questionnaire, code="23"),
    Visit("builder", "agent", "open", lambda: of(HERE, **NOW), query="?public=elected"),
    Visit("question_new", "editor", "kinds", lambda: of("03", **NOW), code="03"),
    Visit("question_new", "editor", "choices", lambda: of("03", **NOW), query="?type=choices", code="03"),
    Visit("question_new", "editor", "number", lambda: of("03", **NOW), query="?type=number", code="03"),
    Visit("question_edit", "editor", "open", lambda: questionnaire("question"), code="23"),
    Visit("question_remove", "editor", "needed", lambda: questionnaire("question"), code="23"),
    Visit("theme_new", "editor", given=lambda: of("03", **NOW), code="03"),
    Visit("theme_edit", "editor", given=lambda: questionnaire("theme"), code="23"),
    Visit("theme_remove", "editor", given=lambda: questionnaire("theme"), code="23"),
    Visit("questions_pick", "editor", "bank", lambda: of("03", **NOW), code="03"),
    Visit("questionnaire_publish", "editor", "changed", questionnaire, code="23"),
    Visit("questionnaire_preview", "agent", given=lambda: of(HERE, **NOW)),
    Visit("withheld", "agent", "nothing", lambda: of("47", **NOW), code="47"),
    Visit("withheld", "agent", "waiting", alarming),
    Visit("bodies", "agent", "nothing", lambda: of("23", **NOW), code="23"),
    Visit("bodies", "editor", given=with_bodies),
    Visit("surge", "agent", given=alarming),
    Visit("surge", "agent", "nothing", lambda: of("23", **NOW), code="23"),
    Visit("requests", "editor", "waiting", held.asked_here, code="32"),
    Visit("requests", "agent", "none", lambda: of("23"), code="23"),
    Visit("request_decide", "editor", given=held.to_decide, code="32"),
    Visit("request_decide", "editor", "contested", given=held.contested, code="32"),
    *READ,
    Visit("syntheses", "prefect"),
    Visit("syntheses", "agent", "nothing", code="23", given=lambda: of("23")),
    Visit("synthesis", "agent", "not-closed", lambda: of(HERE, **NOW)),
    Visit("synthesis", "editor", "being-built", being_built, code="19"),
    Visit("synthesis", "editor", "not-built", not_built, code="23"),
    Visit("synthesis", "prefect", "to-validate", lambda: of("32", **NOW), code="32"),
    Visit("synthesis", "prefect", "validated", lambda: of("47", **NOW), code="47"),
    Visit("synthesis", "prefect", "transmitted", lambda: of("75", **NOW), code="75"),
    Visit("synthesis", "editor", "returned", lambda: of("987", **NOW), code="987"),
    Visit("synthesis", "agent", "acknowledged", lambda: of(HERE, campaign="assises-2020")),
    Visit("synthesis_new_version", "editor", given=lambda: of("32", **NOW), code="32"),
    Visit("synthesis_take_back", "prefect", given=lambda: of("47", **NOW), code="47"),
    Visit("synthesis_read", "agent", given=lambda: of("32", number=1, **NOW), code="32"),
]
MINISTRY = [
    Visit("ministry_home", "lead"),
    Visit("ministry_home", "reader"),
    Visit("prefectures", "lead"),
    Visit("prefectures", "lead", "nobody-found", query="?recherche=atlantide"),
    Visit("upload_mailboxes", "lead"),
    Visit("invite_prefecture", "lead"),
    Visit("ministry_team", "lead"),
    Visit("invite_to_ministry", "lead"),
    Visit("edit_ministry_member", "lead", given=reader),
    Visit("remove_ministry_member", "lead", given=reader),
    Visit("ministry_history", "lead"),
    Visit("ministry_mails", "lead"),
    Visit("campaigns", "lead"),
    Visit("campaign", "lead", "launched", lambda: NOW),
    Visit("campaign", "lead", "untouched-drafts", everywhere),
    Visit("campaign", "reader", "past", lambda: {"campaign": "assises-2020"}),
    Visit("campaign", "lead", "in-preparation", lambda: exercises.named(exercises.made())),
    Visit("campaign_new", "lead"),
    Visit("campaign_edit", "lead", "in-preparation", campaign_in_preparation),
    Visit("campaign_edit", "lead", "launched", lambda: NOW),
    Visit("campaign_outline", "lead", "empty", campaign_in_preparation),
    Visit("campaign_outline", "lead", "sections", lambda: exercises.named(exercises.made())),
    Visit("campaign_duplicate", "lead", given=lambda: {"campaign": "assises-2020"}),
    Visit("campaign_kit", "lead", "empty", lambda: NOW),
    Visit("campaign_kit", "lead", "documents", lambda: exercises.named(exercises.made())),
    Visit("campaign_kit_new", "lead", given=lambda: NOW),
    Visit("campaign_prefectures", "lead", "all", everywhere),
    Visit(
        "campaign_prefectures",
        "lead",
        "untouched",
        everywhere,
        query="?etat=intacts",
    ),
    Visit("campaign_prefectures", "reader", "nobody", lambda: NOW, query="?etat=intacts"),
    Visit("campaign_messages", "reader", "none", lambda: NOW),
    Visit("campaign_messages", "lead", "sent", everywhere),
    Visit("campaign_message_new", "lead", given=lambda: NOW),
    Visit("campaign_extend", "lead", given=lambda: NOW),
    Visit("reserves", "lead", "some", lambda: exercises.made() and {}),
    Visit("reserve_new", "lead"),
    Visit("reserve_edit", "lead", given=lambda: {"number": exercises.add_reserve(date(2027, 2, 1)).pk}),
    Visit("core_builder", "lead", "in-preparation", core),
    Visit("core_builder", "lead", "launched", lambda: NOW),
    Visit("core_question_new", "lead", "kinds", campaign_in_preparation),
    Visit("core_question_new", "lead", "ranking", campaign_in_preparation, query="?type=ranking"),
    Visit("core_question_edit", "lead", given=lambda: core("question")),
    Visit("core_question_remove", "lead", given=lambda: core("question")),
    Visit("core_theme_new", "lead", given=campaign_in_preparation),
    Visit("core_theme_edit", "lead", given=lambda: core("theme")),
    Visit("core_theme_remove", "lead", given=lambda: core("theme")),
    Visit("core_questions_pick", "lead", given=campaign_in_preparation),
    Visit("core_preview", "reader", given=lambda: NOW),
    Visit("campaign_launch", "lead", given=lambda: NOW),
    Visit("campaign_launch", "lead", "first", campaign_in_preparation),
    Visit("campaign_launch", "lead", "everywhere", everywhere),
    Visit("ministry_syntheses", "lead"),
    Visit("ministry_syntheses", "reader", "past", query="?exercice=assises-2020"),
    Visit("ministry_synthesis", "lead", "received", lambda: sent_by("75")),
    Visit("ministry_synthesis", "reader", "returned", lambda: sent_by("987")),
    Visit("ministry_synthesis_read", "reader", given=lambda: sent_by("75", number=1)),
    Visit("synthesis_acknowledge", "lead", given=lambda: sent_by("75")),
    Visit("synthesis_return", "lead", given=lambda: sent_by("75")),
]
DEMO = [
    Visit("components"),
    Visit("demo_mails"),
    Visit("demo_mail", given=some_mail),
]
VISITS: list[Visit] = [*PUBLIC, *ACCOUNT, *PREFECTURE, *MINISTRY, *DEMO]

NOT_PAGES: dict[str, str] = {
    "health_live": "for load balancers",
    "health_ready": "for operators, JSON",
    "metrics": "for Prometheus",
    "home_of_person": "leads to the home of the one place a person has",
    "mfa_download_recovery_codes": "a file",
    "resume_answers": "leads to the first page of a draft that is not done",
    "look_at": "an act",
    "reading_correct": "an act",
    "reading_group": "follows a selection; looked at in syntheses/tests/reading/test_corrections.py",
    "reading_now": "an act",
    "reading_pile_undo": "an act",
    "reading_progress": "a part of a page, asked by its script",
    "reading_undo": "an act",
    "synthesis_download": "a file",
    "receipt_proof": "a file",
    "receipt_pdf": "a file",
    "register_json": "a file",
    "enclosure_read": "a file",
    "receipt_correct": "an act",
    "ministry_synthesis_download": "a file",
    "synthesis_validate": "after a confirmed login; walked through in test_story_way.py",
    "synthesis_transmit": "after a confirmed login; walked through in test_story_way.py",
    "short_link": "leads to the consultation’s page",
    "link_qr": "a file",
    "attachment": "a file",
    "attachment_read": "a file",
    "consultation_feed": "for news readers",
    "meetings_calendar": "for calendar programs",
    "meeting_calendar": "for calendar programs",
    "meeting_tick": "an act",
    "robots": "for search engines",
    "sitemap": "for search engines",
    "departement_by_code": "leads to the department’s page",
    # Acts: they answer a button and lead back
    "place_move": "an act",
    "partners_invite": "an act",
    "partner_invite": "an act",
    "question_move": "an act",
    "question_copy": "an act",
    "theme_move": "an act",
    "campaign_kit_download": "a file",
    "kit_download": "a file",
    "campaign_kit_remove": "an act",
    "campaign_remind": "an act",
    "reserve_remove": "an act",
    "core_changes_accept": "an act",
    "core_question_move": "an act",
    "core_question_copy": "an act",
    "core_theme_move": "an act",
    "cancel_invitation": "an act",
    "send_invitation_again": "an act",
    "revoke_delegation": "an act",
    "retry_prefecture_mail": "an act",
    "cancel_ministry_invitation": "an act",
    "send_ministry_invitation_again": "an act",
    "retry_ministry_mail": "an act",
    "cancel_prefecture_invitation": "an act",
    "send_prefecture_invitation_again": "an act",
    "send_expired_invitations_again": "an act",
    "confirm_mailboxes": "an act, on the page that showed what will be sent",
    # Second factor: reached by a confirmed login only; walked through in assises/accounts/tests/test_second_factor.py
    "mfa_authenticate": "in the middle of a login",
    "mfa_activate_totp": "after a confirmed login",
    "mfa_deactivate_totp": "after a confirmed login",
    "mfa_list_webauthn": "after a confirmed login",
    "mfa_edit_webauthn": "after a confirmed login",
    "mfa_remove_webauthn": "after a confirmed login",
    "mfa_add_webauthn": "after a confirmed login",
    "mfa_reauthenticate_webauthn": "after a confirmed login",
    "mfa_view_recovery_codes": "after a confirmed login",
    "mfa_generate_recovery_codes": "after a confirmed login",
    "mfa_reauthenticate": "after a confirmed login",
}
