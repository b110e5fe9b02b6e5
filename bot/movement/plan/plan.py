"""The movement as data: one TOML file that another office changes to run its own. Pure."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated

from pydantic import Field

from bot.language import Terms, _
from bot.movement.calendar import Hours
from bot.movement.plan.abbreviations import Abbreviations, common
from bot.movement.plan.announcement_rules import AnnouncementRules
from bot.movement.plan.award_rules import Awards
from bot.movement.plan.corrections import Corrections
from bot.movement.plan.difficulty_days import DifficultyDays
from bot.movement.plan.duties import Duty, Ladder
from bot.movement.plan.item_kinds import ItemKind
from bot.movement.plan.keeping import Keeping
from bot.movement.plan.law_days import LawDays
from bot.movement.plan.paper_rules import Papers
from bot.movement.plan.phrases import Phrases
from bot.movement.plan.pieces import (
    Area,
    Level,
    Piece,
    PlanOffice,
    ReportPage,
    ReviewSection,
    Section,
    Titles,
    UnionSection,
)
from bot.movement.plan.problems import BadPlan, Problem
from bot.movement.plan.progress_days import ProgressDays
from bot.movement.plan.reading import read
from bot.movement.plan.recognition_days import RecognitionDays
from bot.movement.plan.role_names import RoleNames
from bot.movement.plan.rules import SOME, Clause, Code, Key, Line, MonthDay, MovementYear, Passage
from bot.movement.plan.speaking import Speaking, Surprise, Watch
from bot.movement.plan.targets import Target
from bot.movement.plan.training_topics import Topic
from bot.movement.plan.units import UnitKind, titled_role
from bot.movement.plan.ways import How
from bot.movement.roles import Role


class Plan(Piece):
    """The movement. Codes are for ever (they are in the database); names may change."""

    def __hash__(self) -> int:
        # Forms are cached by their plan; hashing all of it would cost more than making the form.
        return id(self)

    name: Annotated[Line, Key(_("The movement's name, without quotation marks"), '"Đổi mới sáng tạo, chuyển đổi số"')]
    clause_of_reporting: Annotated[Clause, Key(_("The clause of the plan about reports"), '"VI.4"')]
    office: Annotated[PlanOffice, Key(_("Whose movement it is"))]
    titles: Annotated[Titles, Key(_("What units are called, and those in them"))]
    roles: Annotated[RoleNames, Key(_("What the office calls each role, and which words of its lists mean it"))]
    unit_kinds: Annotated[
        tuple[UnitKind, ...], SOME, Key(_("Kinds of unit; the first that is no union is that of the desk's own unit"))
    ]
    first_year: Annotated[MovementYear, Key(_("The movement's first year"), "2026")]
    last_year: Annotated[MovementYear, Key(_("Its last year"), "2030")]
    cutoff: Annotated[MonthDay, Key(_("The day on which figures of a yearly report end"), '"10-31"')]
    register_from: Annotated[
        MonthDay, Key(_("From this day of the year before on, a year may be registered for"), '"12-01"')
    ] = (12, 1)
    notice: Annotated[
        Code, Key(_("The version of the data notice; a new one is agreed to anew by everybody"), '"2026-11"')
    ]
    clauses: Annotated[
        dict[str, Passage],
        Key(_("The clauses of the plan, word for word, by their numbers"), '"VI.4" = "Các đơn vị gửi báo cáo."'),
    ] = Field(default_factory=dict)
    registered: Annotated[
        Line,
        Key(
            _("All kinds of what is registered, as they are called together"),
            '"mô hình, sáng kiến, nhiệm vụ trọng tâm"',
        ),
    ]
    decided: Annotated[
        Line, Key(_("What decisions recognise, as the report of a unit says it"), '"sáng kiến, giải pháp"')
    ]
    difficulties: Annotated[
        Line, Key(_("What the summary calls difficulties and proposals together"), '"khó khăn, vướng mắc, kiến nghị"')
    ]
    areas: Annotated[tuple[Area, ...], SOME, Key(_("The contents of the movement, in the plan's order"))]
    kinds: Annotated[tuple[ItemKind, ...], SOME, Key(_("What is registered"))]
    levels: Annotated[tuple[Level, ...], SOME, Key(_("Levels of recognition, the lowest first"))]
    targets: Annotated[tuple[Target, ...], SOME, Key(_("The targets of the movement, in the plan's order"))]
    figures: Annotated[
        tuple[Target, ...], Key(_("Figures that belong to an area and are asked for with it; keys as of a target"))
    ] = ()
    abbreviations: Abbreviations = Field(default_factory=common)
    phrases: Phrases = Field(default_factory=dict)
    topics: Annotated[tuple[Topic, ...], Key(_("Topics of classes that targets count or reports tell of"))] = ()
    pages: Annotated[tuple[ReportPage, ...], SOME, Key(_("The pages of the report after its figures, in their order"))]
    sections: Annotated[tuple[Section, ...], SOME, Key(_("The narrative parts of the report, in its order"))]
    union_sections: Annotated[tuple[UnionSection, ...], Key(_("What unions are invited to write"))] = ()
    review_sections: Annotated[
        tuple[ReviewSection, ...],
        Key(_("The parts of a unit's review of several years that come after its areas, in their order")),
    ] = ()
    duties: Annotated[tuple[Duty, ...], SOME, Key(_("What is owed, by whom, until when"))]
    ladders: Annotated[tuple[Ladder, ...], SOME, Key(_("When a duty is spoken of, and to whom"))]
    radar: Annotated[
        tuple[Watch, ...], Key(_("Targets whose pace is looked at; who falls behind is told once a year"))
    ] = ()
    speaking: Annotated[Speaking, Key(_("When the assistant may speak unasked"))]
    surprise: Annotated[Surprise, Key(_("Which figures are asked about; none is refused for it"))]
    corrections: Annotated[Corrections, Key(_("How what was received is opened once more, to be corrected"))] = (
        Corrections()
    )
    announcing: Annotated[AnnouncementRules, Key(_("How announcements are followed up"))] = AnnouncementRules()
    progress: Annotated[
        ProgressDays, Key(_("When whoever is in charge is reminded of the day of a task or a model"))
    ] = ProgressDays()
    recognition: Annotated[
        RecognitionDays, Key(_("Until when recognition is asked for and decided, and who is reminded of it"))
    ] = RecognitionDays()
    papers: Annotated[Papers, Key(_("What the office's own papers look like"))] = Papers()
    awards: Annotated[Awards, Key(_("What is awarded: occasions, forms, how many are usual"))] = Awards()
    keeping: Annotated[Keeping, Key(_("How long things are kept, in days"))] = Keeping()
    law_days: Annotated[
        LawDays, Key(_("How soon the office answers what people ask about their own data (law on personal data)"))
    ] = LawDays()
    difficulty_days: Annotated[DifficultyDays, Key(_("How soon difficulties that people raise are answered"))] = (
        DifficultyDays()
    )

    @classmethod
    def parse(cls, text: str, commands: Collection[str] | None = None) -> "Plan":
        """Read a file that somebody hands in; raise BadPlan with every problem.

        `commands` are the assistant's: none means that they are not looked at.
        """
        return _right(*read(cls, text, commands))

    @classmethod
    def kept(cls, text: str) -> "Plan":
        """Read a plan that was taken before, as mildly as ever: no office stops because a rule is new."""
        return _right(*read(cls, text, kept=True))

    @property
    def asked_about(self) -> tuple[Target, ...]:
        """Targets and figures together."""
        return (*self.targets, *self.figures)

    @cached_property
    def terms(self) -> Terms:
        """What the office calls its own, for any sentence."""
        office = self.office
        recognised = [kind.short for kind in self.kinds if kind.recognised] or [kind.short for kind in self.kinds]
        return Terms(
            desk=office.desk,
            chief=office.chief,
            leaders=office.leaders,
            above=office.above,
            sign=office.sign,
            unit_word=self.titles.unit,
            heads=self.titles.heads,
            deputy_word=self.roles.deputy.name,
            drafter_word=self.roles.drafter.name,
            head_word=self.titles.head,
            head_of_unit=self.titles.head_of_unit,
            head_title=self.titles.head_title,
            registered=self.registered,
            recognised=recognised[0],
            recognised_all=", ".join(recognised),
            in_charge=next((kind.short for kind in self.kinds if kind.authors == "charge"), recognised[0]),
            difficulties=self.difficulties,
            officers=self.titles.officers,
            staff=self.titles.staff,
        )

    @cached_property
    def hours(self) -> Hours:
        """When the machine may speak unasked."""
        return Hours(self.speaking.windows)

    def area(self, code: str) -> Area:
        """Return the area of this code."""
        return next(area for area in self.areas if area.code == code)

    def kind(self, code: str) -> ItemKind:
        """Return the kind of registration of this code."""
        return next(kind for kind in self.kinds if kind.code == code)

    def unit_kind(self, code: str) -> UnitKind | None:
        """Return the kind of unit of this code; None for one that only an earlier plan had."""
        return next((kind for kind in self.unit_kinds if kind.code == code), None)

    def role_meant(self, said: str) -> Role | None:
        """Return the role that words mean, as the office writes them; None when they mean none."""
        return self.roles.exactly(said) or titled_role(self.unit_kinds, said) or self.roles.beginning(said)

    @cached_property
    def narrative(self) -> tuple[tuple[ReportPage, Area | Section], ...]:
        """The narrative parts of the report, page by page in their order."""
        found = list[tuple[ReportPage, Area | Section]]()
        for page in self.pages:
            of_page: list[Area | Section] = [section for section in self.sections if section.page == page.code]
            areas = self.areas if page.areas else ()
            found += [(page, part) for part in ((*areas, *of_page) if page.areas == "first" else (*of_page, *areas))]
        return tuple(found)

    @cached_property
    def unions(self) -> tuple[str, ...]:
        """The kinds of unit that are unions."""
        return tuple(kind.code for kind in self.unit_kinds if kind.union)

    def level(self, code: str) -> Level:
        """Return the level of recognition of this code."""
        return next(level for level in self.levels if level.code == code)

    def target(self, code: str) -> Target:
        """Return the target or figure of this code."""
        return next(target for target in self.asked_about if target.code == code)

    @cached_property
    def all_duties(self) -> tuple[Duty, ...]:
        """Every duty that is owed: one of several parts a year comes as one duty for each part."""
        return tuple(each for duty in self.duties for each in duty.in_parts())

    @cached_property
    def _duty_of_code(self) -> dict[str, Duty]:
        return {duty.code: duty for duty in reversed(self.all_duties)}

    def known_duty(self, code: str) -> Duty | None:
        """Return the duty of this code; None where the plan does not have it, or has it no longer."""
        return self._duty_of_code.get(code)

    def duty(self, code: str) -> Duty:
        """Return the duty of this code."""
        return self._duty_of_code[code]

    def done_by(self, how: How) -> Duty | None:
        """Return the duty that is done in this way, of those a plan can have once; None where it has none."""
        return next((duty for duty in self.duties if duty.how == how), None)

    @cached_property
    def reviews(self) -> tuple[Duty, ...]:
        """The reviews of several years that units write, each in years of its own; none where the plan has none."""
        return tuple(duty for duty in self.duties if duty.how == "review")

    @cached_property
    def reports(self) -> Duty:
        """The yearly report of the units, in which targets are asked for: every plan has it."""
        return next(duty for duty in self.duties if duty.how == "results")

    @cached_property
    def filed(self) -> dict[str, str]:
        """By the name under which what fulfils it is kept, the code of each duty."""
        return {duty.filed_as: duty.code for duty in self.all_duties}

    def ladder(self, duty: Duty) -> Ladder:
        """Return the ladder of a duty."""
        return next(ladder for ladder in self.ladders if ladder.code == duty.ladder)

    def registers_from(self, year: int) -> date:
        """Return from which day on a year may be registered for; the first year of the movement from its beginning."""
        return date(year - 1, *self.register_from)

    def cutoff_day(self, year: int) -> date:
        """Return the day the figures of this year's report end on."""
        return date(year, *self.cutoff)

    def figures_day(self, year: int, given: date) -> date:
        """Return the day on which figures end that are given on a day: that day, at most the cut-off."""
        return min(given, self.cutoff_day(year))


def _right(plan: Plan | None, problems: Sequence[Problem]) -> Plan:
    if plan is None or problems:
        raise BadPlan(problems)
    return plan
