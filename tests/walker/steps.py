"""Which step comes next: drawn from what stands on the screen, what is open, and what was seen before."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from bot.conversation import Office
from bot.dialogue import Field, steering
from bot.language.i18n import Words
from bot.language.text import fold
from bot.movement import Role
from bot.office.roster import onboarding, personnel, personnel_steps
from storage.db import Tx
from tests.walker import answers
from tests.walker.answers import JUNK, Typed
from tests.walker.happened import Happened, Standing
from tests.walker.invented import GIVEN, Seat
from tests.walker.laws import Deed

if TYPE_CHECKING:
    from tests.walker.walker import Walker

WORDS = Words("vi")
STEERING = sorted(steering(WORDS))
LEADS = ("gửi", "xong", "đồng ý", "tiếp tục", "ghi", "đúng", "giữ")
"""What leads on, of what steers."""
ARGS = (
    *("2026", "2027", "2028", "co", "tatca", "gui", "sua 1", "rut", "1", "2", "012", "den 22/10", "mai", "thoi"),
    *("WA", "WB", "VP", "giao results 2027", "hen results 2027", "results 2027", "chot", "khongdangky", "tep", "nghi"),
)
PLAIN_CHOICE = re.compile(r"(?m)^ (\d+)\. (.+)$")
CHANGES = ("role", "role", "unit", "unit", "leaves", "comes back", "comes back", "code", "code", "code")
Change = Callable[[Tx, Office, datetime], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and what it needs to be gone."""

    deed: Deed
    label: str = ""
    message: str = ""
    file: bool = False
    span: timedelta = timedelta()
    change: Change | None = None

    def __str__(self) -> str:
        what = f"«{self.deed.text[:120]}»" if self.deed.text else str(self.span)
        return f"{self.deed.name} {what}{' with a file' if self.file else ''}"


class Choosing:
    """Draws steps; remembers every button that was ever shown, for whoever should not tap it."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.buttons = list[str]()
        self.of_chat: dict[int, list[str]] = defaultdict(list)
        self.shown: dict[int, tuple[str, dict[str, Any]]] = {}
        """By chat, the newest answer."""
        self.code = ""
        """An invitation that nobody has used."""

    def seen(self, happened: Happened, codes: list[str]) -> None:
        """Remember what a step has put on screens."""
        for each in happened.shown:
            if each.chat is None or not each.body:
                continue
            if each.kind == "answer":
                self.shown[each.chat] = each.text, dict(each.body)
            says = [says for _label, says in each.body.get("buttons", ())]
            says += re.findall(r"(?m): (/\w[^\n]*)$", each.text)
            for said in says:
                if said not in self.of_chat[each.chat]:
                    self.of_chat[each.chat] = [*self.of_chat[each.chat][-30:], said]
                if said not in self.buttons:
                    self.buttons = [*self.buttons[-400:], said]
        if codes:
            self.code = codes.pop()
            codes.clear()

    def next(self, walker: "Walker", before: Standing) -> Step:
        """Draw the next step for whoever sits at a chat."""
        draw = self.dice.random()
        if draw < 0.03:
            return self._time()
        if draw < 0.035:
            return Step(
                Deed("restart", by_person=False),
                span=self.dice.choice((timedelta(minutes=2), timedelta(hours=20), timedelta(days=11))),
            )
        if draw < 0.05:
            return Step(Deed("change", by_person=False), change=self._change(walker, before))
        if before.me is None:
            return self._stranger()
        if draw < 0.10:
            return Step(Deed("say", self.dice.choice((*JUNK, *STEERING))))
        if draw < 0.12:
            return Step(Deed("say"), file=True)
        if draw < 0.15 and walker.seat is not None and walker.ids[walker.seat]:
            return self._edit(walker, walker.seat)
        return self._in_form(walker, before) if before.focus else self._beside(walker, before)

    def _time(self) -> Step:
        hours = self.dice.choice((1, 3, 8, 20, 24, 24, 48, 72, 24 * 7, 24 * 20))
        return Step(Deed("wait", by_person=False), span=timedelta(hours=hours))

    def _stranger(self) -> Step:
        if self.code and self.dice.random() < 0.5:
            code, self.code = self.code, ""
            return Step(Deed("say", f"/batdau {code}"))
        return Step(
            Deed(
                "say",
                self.dice.choice(
                    (
                        "/batdau dongy",
                        "/batdau dongy",
                        "/batdau khong",
                        "việc",
                        "/batdau ABCDEFGHJK",
                        *self.buttons[-3:],
                    )
                ),
            )
        )

    # Beside a form ------------------------------------------------------------------------------------

    def _beside(self, walker: "Walker", before: Standing) -> Step:
        here = [says for _label, says in before.menu if says]
        draw = self.dice.random()
        if here and draw < 0.45:
            label, says = self.dice.choice([each for each in before.menu if each[1]])
            name = "tap twice" if self.dice.random() < 0.08 else "say"
            if walker.seat is not None and walker.seat.look == "plain":
                return Step(Deed(name, label))
            return Step(Deed(name, says), label)
        if self.of_chat[before.chat] and draw < 0.55:
            return Step(Deed("say", self.dice.choice(self.of_chat[before.chat])), "x")
        if self.buttons and draw < 0.62:
            return Step(Deed("say", self.dice.choice(self.buttons)))
        return Step(Deed("say", self._command(walker)))

    def _command(self, walker: "Walker") -> str:
        command = self.dice.choice(list(walker.app.office.features.commands.values()))
        said = f"/{command.name}"
        if self.dice.random() < 0.3:
            words = walker_words(walker).say(command.words).split("|")
            said = self.dice.choice([*words, *map(fold, words)]) or said
        if self.dice.random() < 0.35:
            said = f"{said} {self._args(walker)}"
        return said

    def _args(self, walker: "Walker") -> str:
        known = [rest for says in self.buttons[-80:] if (rest := says.partition(" ")[2])]
        year = walker.now.year
        return self.dice.choice(
            (
                *ARGS,
                *known[-12:],
                f"{year}",
                f"{year - 1}",
                f"Trần Ví {self.dice.choice(GIVEN)}",
                *(k.code for k in walker.app.plan.kinds),
            )
        )

    def _edit(self, walker: "Walker", seat: Seat) -> Step:
        message, text = self.dice.choice(walker.ids[seat][-12:])
        new = self.dice.choice(
            (f"{text} ạ", text, "5/7", "20/10/2027", answers.TITLES[0].format(n=10_000 + walker.steps), *JUNK[:6])
        )
        return Step(Deed("edit", new, edited=-1), message=message)

    # In a form ------------------------------------------------------------------------------------------

    def _in_form(self, walker: "Walker", before: Standing) -> Step:
        draw = self.dice.random()
        if draw < 0.05:
            return self._beside(walker, before)
        if draw < 0.10:
            return Step(Deed("say", self.dice.choice((*STEERING, "/thoat"))))
        text, body = self.shown.get(before.chat, ("", {}))
        field = self._field(walker, before)
        if draw < 0.16:
            return Step(Deed("say", answers.wrong(self.dice).text, before.asking if field else ""))
        steers = [str(each) for each in body.get("steering", ())] or [
            word for word in re.findall(r"«([^»]+)»", text) if fold(word) in STEERING or fold(word).startswith("gui")
        ]
        on = [label for label in steers if fold(label).startswith(tuple(map(fold, LEADS)))]
        offered = [str(each) for each in body.get("choices", ())] or [label for _n, label in PLAIN_CHOICE.findall(text)]
        if field is None:
            first = [*steers[:1], *on, *on]
            pointed = [*offered, str(self.dice.randint(1, 9))]
            if before.asking.startswith(("doubt", "unclear")):
                return Step(Deed("say", self.dice.choice(offered or pointed)))
            if before.asking.startswith("again"):
                return Step(Deed("say", self.dice.choice([*steers, "đồng ý", "giữ"])))
            if self.dice.random() < 0.15:
                return Step(Deed("say", self.dice.choice(pointed)))
            return Step(Deed("say", self.dice.choice([*first, "gửi", "tiếp tục"])))
        if steers and self.dice.random() < 0.08:
            return Step(Deed("say", self.dice.choice(steers)))
        typed = self.dice.choice(self._right(walker, field, offered, text))
        name = "tap twice" if not typed.file and typed.text in offered and self.dice.random() < 0.05 else "say"
        return Step(Deed(name, typed.text, before.asking, typed if not typed.file else None), file=typed.file)

    def _field(self, walker: "Walker", before: Standing) -> Field | None:
        assert before.focus is not None
        conversation = walker.app.office.features.forms.get(before.focus["form"])
        form = conversation.of(walker.app.plan) if conversation else None
        return form[before.asking] if form is not None and before.asking in form else None

    def _right(self, walker: "Walker", field: Field, offered: Sequence[str], shown: str) -> list[Typed]:
        return answers.right(self.dice, field, offered, shown, walker.now.date(), 10_000 + walker.steps)

    # Posts ----------------------------------------------------------------------------------------------

    def _change(self, walker: "Walker", before: Standing) -> Change:
        kind, dice = self.dice.choice(CHANGES), self.dice
        role, unit = dice.choice(sorted(Role)), dice.choice(("WA", "WB", "WC", "WD"))
        draw = dice.random()
        here = before.me["id"] if before.me and dice.random() < 0.6 else None

        def change(tx: Tx, office: Office, now: datetime) -> None:
            active = 0 if kind == "comes back" else 1
            those = [
                row[0]
                for row in tx._connection.execute("SELECT id FROM person WHERE active = ? ORDER BY id", (active,))
            ]
            if not those:
                return
            id = here if here is not None and here in those else those[int(draw * len(those))]
            if kind in ("code", "comes back"):
                if kind == "comes back":
                    _make(tx, office, now, personnel_steps.WantedChange(f"#{id}", back=True))
                self.code = onboarding.new_code(tx, plan=office.plan, person=id, by=None, now=now)
                return
            wanted = {
                "role": personnel_steps.WantedChange(f"#{id}", role=office.plan.roles.word(role)),
                "unit": personnel_steps.WantedChange(f"#{id}", unit=unit),
                "leaves": personnel_steps.WantedChange(f"#{id}", end=True),
            }
            _make(tx, office, now, wanted[kind])

        return change


def _make(tx: Tx, office: Office, now: datetime, wanted: personnel_steps.WantedChange) -> None:
    found = personnel.plan_change(tx, office.plan, wanted)
    if found.why is None:
        personnel.make_change(tx, found, office, now)


def walker_words(walker: "Walker") -> Words:
    """How the office's people are spoken to."""
    return Words("vi", terms=walker.app.plan.terms)
