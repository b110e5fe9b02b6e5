"""«Thông báo»: the desk, or a union to its own members, announces: to whom, what, when, after a preview."""

from bot.conversation import HOME, Conversation, Feature, Visit
from bot.dialogue import Answers, Button, Choice, Field, Form, Paragraph, Say, Scene
from bot.language import Count, Time, _
from bot.office.announcements import announcing
from bot.office.announcements.announcement_facts import (
    OF_SUBJECT,
    AnnounceFacts,
    Enclosed,
    no_file,
    nobody,
    preview,
    role_choices,
    unit_choices,
)
from bot.office.announcements.audience import RolesAsked, UnitsAsked
from bot.office.announcements.sending_times import NOW, SendingTime, usual
from bot.office.duties.refused_sheets import keep_open
from storage import announcements

LIST = Button(_("Announcements"), "/thongbao ds")


def _by_desk(answers: Answers, scene: Scene) -> bool:
    return AnnounceFacts.of(scene).of_union is None


def times(answers: Answers, scene: Scene) -> list[Choice]:
    """Offer now and the next morning."""
    return list(usual(AnnounceFacts.of(scene).speaks, scene.now))


FORM = Form(
    "announce",
    title=lambda answers, scene: _("Announcement"),
    fields=(
        Field(
            "units",
            _("Units"),
            _("To which units? More than one: their codes or names, separated by commas."),
            UnitsAsked(lambda scene: AnnounceFacts.of(scene).units),
            choices=unit_choices,
            when=_by_desk,
        ),
        Field(
            "roles",
            _("To whom"),
            _("To whom there? More than one: separated by commas."),
            RolesAsked(),
            choices=role_choices,
            when=_by_desk,
            refuse=nobody,
        ),
        Field(
            "text",
            _("Text"),
            _("What do they read? It goes out word for word."),
            Paragraph(shortest=10, longest=3000),
            example=_("Meeting about the movement at 14:00 on Friday in hall A; please bring the figures."),
            long=True,
        ),
        Field(
            "file",
            _("File"),
            _("Please send the file that goes with it, where there is one."),
            Enclosed(words=False),
            files=True,
            choices=no_file,
        ),
        Field(
            "when",
            _("When"),
            _("When is it sent? Only in office hours of a working day."),
            SendingTime(lambda scene: AnnounceFacts.of(scene).speaks),
            choices=times,
            example=lambda answers, scene: _(
                "{hour} {day}", hour="14:30", day=AnnounceFacts.of(scene).speaks.morning(scene.now).date()
            ),
        ),
    ),
    send=lambda answers, scene: _("Send it"),
    review=preview,
)


def file(visit: Visit, subject: str, answers: Answers) -> Say:
    """Set it down, or send it: to whom it is for at that moment."""
    facts = AnnounceFacts(visit, subject)
    due = facts.speaks.moment(str(answers["when"]), visit.now)
    if due < visit.now and answers["when"] != NOW:
        passed = _("{at} has passed meanwhile, so nothing was sent. Please give another time.", at=Time(due))
        return keep_open(visit, Say([passed], buttons=(Button(_("Change the time"), "/thongbao moi"), HOME)))
    those = facts.receivers(answers)
    if not those:
        none = _("Nobody is there to get it, so nothing was sent.")
        return keep_open(visit, Say([none], buttons=(Button(_("Go on"), "/thongbao moi"), HOME)))
    audience = facts.audience(answers)
    done = announcing.publish(visit, of_union=facts.of_union, audience=audience, text=str(answers["text"]), due=due)
    if answers["file"]["files"]:
        visit.keep_files(answers["file"]["files"], announcements.record_of(done.id))
    see = Button(_("See announcement {n}", n=done.id), f"/thongbao {done.id}")
    if done.to is not None:
        sent = _("✅ Announcement {n} is being sent to {to} people.", n=done.id, to=Count(done.to))
        return Say([sent], buttons=(see, LIST, HOME))
    set_down = _(
        "⏳ Announcement {n} is set down for {at}: {to} people by now, and whoever comes to them until then.",
        n=done.id,
        at=Time(due),
        to=Count(len(those)),
    )
    recall = Button(_("Do not send it"), f"/thongbao {done.id} rut")
    return Say([set_down], buttons=(recall, see, HOME))


ANNOUNCE = Conversation(
    "announce",
    title=lambda plan, subject: _("Announcement"),
    form=lambda plan: FORM,
    file=file,
    serves=OF_SUBJECT,
    facts=AnnounceFacts,
)
FEATURE = Feature(__name__, forms=(ANNOUNCE,))
