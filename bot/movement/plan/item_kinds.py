"""What is registered: the kinds of sheets, and what each asks beside its title and area. Pure."""

from enum import StrEnum
from typing import Annotated, Literal

from bot.language import _
from bot.movement.plan.pieces import Piece
from bot.movement.plan.rules import Key, Line, MaybeLine, Prefix, Rule, Short, YesNo

KindCode = Annotated[
    str, Rule(_("small letters without marks, digits and _, up to 16, a letter first"), like=r"[a-z][a-z0-9_]{0,15}")
]
"""A name that people type behind a command and that stands in the database for ever."""
MaybeCode = Annotated[
    str, Rule(_("the code of a question of this kind, in quotes"), like=r"[a-z][a-z0-9_]{0,15}", empty=True)
]
MaybeUnit = Annotated[str, Rule(_("text in quotes, on one line, up to 30 characters"), longest=30, empty=True)]


class FieldType(StrEnum):
    """How a question of a sheet is answered."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PERIOD = "period"
    CHOICE = "choice"
    PERSON = "person"
    AUTHORS = "authors"
    FILES = "files"


class ItemField(Piece):
    """A question of a kind of sheet."""

    code: Annotated[KindCode, Key(_("Its code; stays for ever"), '"summary"')]
    label: Annotated[Short, Key(_("Its name on the sheet"), '"Tóm tắt"')]
    question: Annotated[Line, Key(_("How it is asked"), '"Đề nghị tóm tắt cách làm trong 2 đến 3 câu."')]
    type: Annotated[
        FieldType,
        Key(
            _(
                "How it is answered: line (one line), paragraph (a few sentences, files beside them), number (an amount in `unit`), money, date, period (a day, month or quarter), choice (one of `choices`), person (one of the unit), authors (whose work it is, as `authors` of the kind says), files"
            ),
            '"paragraph"',
        ),
    ]
    required: Annotated[
        YesNo, Key(_("Whether the sheet cannot be sent without it; else it may be added later"), "false")
    ] = True
    when: Annotated[
        Literal["register", "request", "result"],
        Key(
            _(
                "When it is asked: register (with the registration), request (when recognition is asked for), result (when its progress is said to be done)"
            ),
            '"register"',
        ),
    ] = "register"
    example: Annotated[MaybeLine, Key(_("An answer, shown as an example"), '"Giảm 30% thời gian chờ"')] = ""
    choices: Annotated[
        tuple[Short, ...], Key(_("choice: the answers, of which one is chosen"), '["Trong đơn vị", "Toàn ngành"]')
    ] = ()
    unit: Annotated[MaybeUnit, Key(_("number: what it is counted in"), '"giờ"')] = ""
    past: Annotated[YesNo, Key(_("date: whether it may be a day that has passed"), "false")] = True


class ItemKind(Piece):
    """A kind of registration."""

    code: Annotated[KindCode, Key(_("Its code, behind «/dangky»; stays for ever"), '"sk"')]
    prefix: Annotated[Prefix, Key(_("What the codes of its sheets begin with: SK-2027-001"), '"SK"')]
    name: Annotated[Line, Key(_("Its name in the plan"), '"Sáng kiến, giải pháp công tác"')]
    short: Annotated[Short, Key(_("Its name inside a sentence, with a small letter"), '"sáng kiến"')]
    words: Annotated[
        tuple[Short, ...], Key(_("What people may also type for it, with or without marks"), '["giai phap"]')
    ] = ()
    example: Annotated[
        MaybeLine, Key(_("A title, shown as an example"), '"Rút gọn quy trình từ 7 bước xuống 5 bước"')
    ] = ""
    authors: Annotated[
        Literal["people", "people_or_unit", "unit", "charge"],
        Key(
            _(
                "Whose work it is: people (with shares, 100% in all), people_or_unit (theirs or the whole unit's), unit (always the whole unit's, nobody is asked), charge (one person of the unit is in charge)"
            ),
            '"people"',
        ),
    ]
    recognised: Annotated[YesNo, Key(_("Whether a decision may recognise it"), "false")] = True
    progress: Annotated[
        YesNo,
        Key(_("Whether whoever is in charge says how far it is: under way, done, late because of something"), "true"),
    ] = False
    due: Annotated[
        MaybeCode, Key(_("With `progress`: the question of type date that says when it is to be done"), '"due"')
    ] = ""
    from_plan: Annotated[
        YesNo,
        Key(
            _(
                "Whether the tasks of a unit's yearly plan are registered as this kind; one kind at most, with `progress`, `due` and one person in charge"
            ),
            "true",
        ),
    ] = False
    fields: Annotated[
        tuple[ItemField, ...],
        Key(
            _("What is asked after title and area, in this order"),
            '[{ code = "summary", label = "Tóm tắt", question = "Cách làm?", type = "paragraph" }]',
        ),
    ] = ()

    @property
    def asked(self) -> tuple[ItemField, ...]:
        """What is asked with the registration."""
        return self.asked_at("register")

    def asked_at(self, when: Literal["register", "request", "result"]) -> tuple[ItemField, ...]:
        """Return what is asked at a time, in its order."""
        return tuple(each for each in self.fields if each.when == when)

    @property
    def whose(self) -> ItemField | None:
        """The question whose work it is; None where it is always the unit's."""
        return next((each for each in self.asked if each.type is FieldType.AUTHORS), None)
