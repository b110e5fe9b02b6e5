"""Who is to be told what, and when, reckoned from the rules alone: nothing of the product is imported here.

The rules: the ladders and dates of the plan file; leave, stand-ins, promises, missed rungs and lists as
`docs/decisions` has them (0014, 0022, 0027, 0035, 0043). Days off: the labour code's (article 112), the list
of exchanged days beside the plan file, and the lunar calendar's days, which stand below.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

ONE = timedelta(days=1)

# Working days ---------------------------------------------------------------------------------

TET = {
    2026: ("02-16", "02-20"),
    2027: ("02-04", "02-10"),
    2028: ("01-24", "01-29"),
    2029: ("02-12", "02-16"),
    2030: ("01-31", "02-06"),
}
"""The first and the last day off over Tết."""
HUNG_KINGS = {2026: "04-26", 2027: "04-16", 2028: "04-04", 2029: "04-23", 2030: "04-12"}
"""The tenth of the third lunar month."""
SECOND_DAY = {2026: "09-01", 2027: "09-03", 2028: "09-01", 2029: "09-03", 2030: "09-03"}
"""Beside 2 September one day before or after it."""


class Days:
    """Which days are worked."""

    def __init__(self, exchanged: str) -> None:
        rows = [line.split(";") for line in exchanged.splitlines()[1:] if line.strip()]
        self._exchanged = {date.fromisoformat(day): kind == "lam_bu" for day, kind, *_ in rows}
        self._off = {day for year in TET for day in _days_off(year)} | {date(2026, 8, 31)}

    def works(self, day: date) -> bool:
        """Whether the office works on this day."""
        return self._exchanged.get(day, day.weekday() < 5 and day not in self._off)

    def on(self, day: date, n: int) -> date:
        """The n-th working day after a day, or before it; for 0 the day itself if it is worked, else the next."""
        if n == 0:
            while not self.works(day):
                day += ONE
        for _ in range(abs(n)):
            day += ONE if n > 0 else -ONE
            while not self.works(day):
                day += ONE if n > 0 else -ONE
        return day

    def last(self, day: date) -> date:
        """The last working day up to a day."""
        return day if self.works(day) else self.on(day, -1)


def _days_off(year: int) -> Iterator[date]:
    """Days off by law; one that falls on a weekend is made up for on the next day that is worked."""
    fixed = [
        f"{year}-{day}" for day in ("01-01", HUNG_KINGS[year], "04-30", "05-01", SECOND_DAY[year], "09-02", "11-24")
    ]
    first, last = (date.fromisoformat(f"{year}-{day}") for day in TET[year])
    found = {first + n * ONE for n in range((last - first).days + 1)}
    off = sorted(date.fromisoformat(day) for day in fixed)
    found.update(off)
    for day in off:
        if day.weekday() >= 5:
            while day.weekday() >= 5 or day in found:
                day += ONE
            found.add(day)
    yield from found


# The office -----------------------------------------------------------------------------------


@dataclass
class Person:
    """A post, as far as the rules look at it."""

    id: int
    name: str
    unit: str
    role: str
    human: int
    """Whoever holds it: the id of their first post."""
    active: bool = True
    linked: bool = True
    away: tuple[date, date, int | None] | None = None
    stands_in: int | None = None

    def gone(self, today: date) -> bool:
        """Whether they are on leave."""
        return self.away is not None and self.away[0] <= today <= self.away[1]


@dataclass
class Office:
    """What the rules look at: everything that the office and its people have done so far."""

    people: dict[int, Person] = field(default_factory=dict)
    units: dict[str, bool] = field(default_factory=dict)
    """Every unit, and whether it is active."""
    unions: set[str] = field(default_factory=set)
    years: dict[int, datetime] = field(default_factory=dict)
    """When each was opened."""
    dates: dict[tuple[str, int], tuple[date, int]] = field(default_factory=dict)
    """The last day the office has set, and how often it has been changed."""
    filed: set[tuple[str, str, int]] = field(default_factory=set)
    promised: dict[tuple[str, str, int], date] = field(default_factory=dict)
    drafts: dict[tuple[str, str, int], int] = field(default_factory=dict)
    """Whom a head has named to draft, by unit, duty and year."""


@dataclass(frozen=True)
class Rung:
    """One step of a ladder."""

    code: str
    day: date
    to: frozenset[str]


@dataclass(frozen=True)
class Duty:
    """A duty of one year: its ladder, and since when it stands so."""

    code: str
    year: int
    by: str
    opens: date
    locks: date
    due: date | None
    changes: int
    rungs: tuple[Rung, ...]
    drafted: bool

    def name(self, rung: str, unit: str = "") -> tuple[object, ...]:
        """What is said once."""
        return self.code, self.year, self.due, rung, unit


@dataclass
class Message:
    """What one human is told on a day."""

    human: int
    at: datetime
    items: set[str] = field(default_factory=set)
    """What it says: «results 2027 A -3», «list results 2027 after»."""
    claims: dict[str, str] = field(default_factory=dict)
    """What must stand in its text, by item."""
    keys: set[tuple[tuple[object, ...], int]] = field(default_factory=set)
    urgent: bool = False
    """Whether it cannot wait for a later list of the day."""


class Reckoning:
    """Goes through the time with the office, and keeps who was told what."""

    def __init__(self, plan: str, exchanged: str, office: Office, began: datetime) -> None:
        self.plan: dict[str, Any] = tomllib.loads(plan)
        self.days, self.office, self.began = Days(exchanged), office, began
        self.messages: list[Message] = []
        self._said: set[tuple[tuple[object, ...], int]] = set()
        self._day: dict[tuple[object, object, int], object] = {}
        """By duty, year and person, the last day that they were told."""
        self._heard: dict[date, set[int]] = {}
        self._told: dict[int, date] = {}
        """By year, the day before which how the reports come in was last told."""
        self._ladders = {ladder["code"]: ladder for ladder in self.plan["ladders"]}
        self._speaking = self.plan["speaking"]

    def open(self, now: datetime) -> bool:
        """Whether anybody may be spoken to."""
        minute = now.time().replace(second=0, microsecond=0)
        return self.days.works(now.date()) and any(first <= minute <= last for first, last in self._speaking["windows"])

    def look(self, now: datetime) -> None:
        """What is to be said at this moment."""
        if not self.open(now):
            return
        today = now.date()
        heard = self._heard.setdefault(today, set())
        lists = self._lists(now)
        waits = {human for human, message in lists.items() if message.at > now}
        said: dict[int, Message] = {}
        for message in self._pings(now):
            one = said.setdefault(message.human, Message(message.human, now))
            _join(one, message)
        for human, message in lists.items():
            if human in said and (human not in waits or said[human].urgent):
                _join(said[human], message)
            elif human not in said and human not in waits:
                said[human] = message
        for human, message in said.items():
            if human in heard or (human in waits and not message.urgent):
                continue
            self._said |= message.keys
            for (code, year, due, *_rest), person in (each for each in message.keys if len(each[0]) == 5):
                self._day[code, year, person] = due
            message.at = now
            for item in list(message.items):
                self._keep(message, item, now)
            if message.items:
                heard.add(human)
                self.messages.append(message)

    def _keep(self, message: Message, item: str, now: datetime) -> None:
        """A Monday before the reports open says what has changed since the last one, and nothing without a change."""
        _list, _results, said, occasion = (*item.split(), "", "", "", "")[:4]
        if not item.startswith("list results") or occasion == "climbed":
            return
        year = int(said)
        results = next(duty for duty in self.duties(now) if (duty.code, duty.year) == ("results", year))
        if now.date() < results.opens:
            others = [d for d in self.duties(now) if d.year == year and d.code in ("plan", "registration")]
            open_ones = [d for d in others if d.due and d.opens <= now.date() and self._waiting(d)]
            before = self._told.get(year)
            if not open_ones or (before is not None and before < now.date()):
                message.items.discard(item)
                return
        if year not in self._told:
            self._told[year] = now.date()

    # Duties and ladders -----------------------------------------------------------------------

    def duties(self, now: datetime) -> list[Duty]:
        """Every yearly duty of every opened year that can still be done."""
        found = []
        for year in self.office.years:
            for each in self.plan["duties"]:
                if "opens" not in each or each["how"] in (
                    "supplement",
                    "review",
                ):  # they wait until the office asks for them
                    continue
                if year not in each.get("years", [year]):
                    continue
                opens, locks = (date.fromisoformat(f"{year}-{each[name]}") for name in ("opens", "locks"))
                if not now.date() <= locks:
                    continue
                before = each.get("before")
                due, changes = (date.fromisoformat(f"{year}-{before}") - ONE if before else None), 0
                due, changes = self.office.dates.get((each["code"], year), (due, changes))
                rungs = self._rungs(each.get("ladder", "yearly"), opens, due, locks) if due else ()
                found.append(
                    Duty(
                        each["code"],
                        year,
                        each.get("by", "unit"),
                        opens,
                        locks,
                        due,
                        changes,
                        rungs,
                        each["code"] != "registration",
                    )
                )
        return found

    def _rungs(self, ladder: str, opens: date, due: date, locks: date) -> tuple[Rung, ...]:
        last, found = self.days.last(due), dict[date, Rung]()
        for each in self._ladders[ladder]["rungs"]:
            day = self.days.on(opens, 0) if each.get("opens") else self._away_from(last, each["workdays"])
            code = "opens" if each.get("opens") else f"{each['workdays']:+d}".replace("+0", "0")
            if opens <= day <= locks and day not in found and not (code == "opens" and day > last):
                found[day] = Rung(code, day, frozenset(each.get("to", ("person", "head"))))
        return tuple(found[day] for day in sorted(found))

    def _away_from(self, last: date, n: int) -> date:
        return self.days.on(last, n) if n else last

    def _units(self, duty: Duty) -> list[str]:
        """Who owes it, or is invited to it."""
        if duty.by == "office":
            return [self.plan["office"]["desk_unit"]]
        unions = self.office.unions
        return [
            unit for unit, active in self.office.units.items() if active and (unit in unions) == (duty.by == "union")
        ]

    def _waiting(self, duty: Duty) -> list[str]:
        """Who has not sent it."""
        return [unit for unit in self._units(duty) if (duty.code, unit, duty.year) not in self.office.filed]

    # Pings ------------------------------------------------------------------------------------

    def _able(self, people: list[Person], today: date) -> list[Person]:
        return [p for p in people if p.active and p.linked and not p.gone(today)]

    def desk(self) -> list[Person]:
        """Who the office is."""
        return [p for p in self.office.people.values() if p.active and p.role in ("office", "chief")]

    def senders(self, unit: str, today: date) -> list[Person]:
        """Who sends for a unit: the heads and who acts for them; without a head the deputies."""
        those = [p for p in self.office.people.values() if p.active and p.unit == unit]
        deputies = [p for p in those if p.role == "deputy"]
        found: list[Person] = []
        for head in (p for p in those if p.role in ("head", "chief", "union")):
            named = {head.stands_in}
            if head.gone(today) and head.away is not None:
                named.add(head.away[2])
            acting = [p for p in those if p.id in named and not (head.gone(today) and p.gone(today))]
            if head.gone(today) and not acting:
                acting = [p for p in deputies if not p.gone(today)]
            found += [head, *acting]
        return found or deputies

    def _listeners(self, duty: Duty, unit: str, today: date) -> dict[int, set[str]]:
        """Whom its rungs speak to, by post: as head, deputy, or who drafts."""
        found: dict[int, set[str]] = {}

        def hears(name: str, people: list[Person]) -> bool:
            able = self._able(people, today)
            for person in able:
                found.setdefault(person.id, set()).add(name)
            return bool(able)

        if duty.by == "office":
            for name in ("head", "person"):
                hears(name, self.desk())
            return found
        those = [p for p in self.office.people.values() if p.unit == unit]
        deputies = [p for p in those if p.role == "deputy"]
        if not hears("head", self.senders(unit, today)):
            hears("head", deputies)  # nobody can be told: it goes to the deputies
        hears("deputy", deputies)
        if duty.drafted:
            named = self.office.drafts.get((unit, duty.code, duty.year))
            hears("person", [p for p in those if p.role == "drafter" or p.id == named])
        return found

    def _pings(self, now: datetime) -> Iterator[Message]:
        """The latest rung that each has not heard; a promised day that is over; the week's list."""
        today, pinged = now.date(), set[tuple[int, str]]()
        duties = [d for d in self.duties(now) if d.due is not None and d.opens <= today]
        quiet = [(d, unit) for d in duties for unit in self._waiting(d) if self._silent(d, unit, today)]
        those = [(d, unit) for d in duties for unit in self._waiting(d) if (d, unit) not in quiet]
        for duty, unit in those:
            for id, names in self._listeners(duty, unit, today).items():
                message = self._ping(duty, unit, id, names, now)
                if message is not None:
                    pinged.add((id, unit))
                    yield message
        monday = today - today.weekday() * ONE
        for duty, unit in those:
            if duty.due is None or not self._in_week(duty, today, monday):
                continue
            for id, names in self._listeners(duty, unit, today).items():
                key = ("week", monday, unit), id
                if "head" not in names or key in self._said:
                    continue
                message = Message(self.office.people[id].human, now, keys={key})
                if (id, unit) not in pinged:
                    message.items.add(f"week {unit}")
                yield message

    def _silent(self, duty: Duty, unit: str, today: date) -> bool:
        promised = self.office.promised.get((duty.code, unit, duty.year))
        return promised is not None and promised >= today

    def _in_week(self, duty: Duty, today: date, monday: date) -> bool:
        """Open, in time, near its end, and without a morning of its own in this week or the last one."""
        assert duty.due is not None
        if (today > duty.due and duty.by != "union") or (duty.due - monday).days > 21:
            return False
        since, until = monday - 7 * ONE, monday + 7 * ONE
        return not any("head" in rung.to and since <= rung.day < until for rung in duty.rungs)

    def _come(self, duty: Duty, now: datetime) -> list[Rung]:
        ladder = next(each for each in self.plan["duties"] if each["code"] == duty.code).get("ladder", "yearly")
        at = self._ladders[ladder]["at"]
        return [
            rung
            for rung in duty.rungs
            if (rung.day, at if rung.to & {"person", "head", "deputy"} else self._speaking["digest_at"])
            <= (now.date(), now.time())
        ]

    def _ping(self, duty: Duty, unit: str, id: int, names: set[str], now: datetime) -> Message | None:
        come = self._come(duty, now)
        mine = [rung for rung in come if rung.to & names]
        if not mine:
            return None
        newest, person = mine[-1], self.office.people[id]
        keys = set[tuple[tuple[object, ...], int]]()
        key = duty.name(newest.code, unit)
        opening_known = (
            newest.code == "opens"
            and person.role not in ("head", "chief", "union")
            and newest.to & names == {"head"}
            and any(
                self._knows(duty, newest, unit, p.id)
                for p in self.office.people.values()
                if p.active and p.unit == unit and p.role in ("head", "chief", "union")
            )
        )
        if not self._knows(duty, newest, unit, id) and not opening_known:
            keys.add((key, id))
        first = not any(self._knows(duty, rung, unit, id) for rung in come)
        promised, over = self.office.promised.get((duty.code, unit, duty.year)), ""
        here = [rung for rung in come if rung.to & {"person", "head", "deputy"}]
        gone = (("promised", duty.code, f"{duty.year} {unit}", promised), id)
        if promised is not None and gone not in self._said and here[-1] == newest:
            keys.add(gone)
            over = f" hẹn {promised}"
        if not keys:
            return None
        assert duty.due is not None
        last = self.days.last(duty.due)
        item = f"{duty.code} {duty.year} {unit} {newest.code}{over}"
        claims = {item: _claim(duty, now.date(), last)}
        if first and duty.changes and now.date() < last and duty.by != "union":
            told = self._day.get((duty.code, duty.year, id), duty.due)
            claims[f"{item} moved"] = f"trước đây là ngày {told:%d/%m/%Y}" if told != duty.due else "trước đây là ngày"
        if over:
            claims[f"{item} over"] = f"{promised:%d/%m/%Y}"
        return Message(person.human, now, {item}, claims, keys, newest.day >= last)

    def _knows(self, duty: Duty, rung: Rung, unit: str, id: int) -> bool:
        """Whether they were told of this rung, and of no other last day since."""
        told = self._day.get((duty.code, duty.year, id))
        return (duty.name(rung.code, unit), id) in self._said and told == duty.due

    # Lists of the office ----------------------------------------------------------------------

    def _lists(self, now: datetime) -> dict[int, Message]:
        """By human, the lists that the office is owed today; `at` is their hour."""
        found: dict[int, Message] = {}
        today = now.date()
        duties = self.duties(now)
        for person in self._able(self.desk(), today):
            lists = [each for duty in duties for each in self._lists_of(duty, person.id, today)]
            climbed = {each.duty for each in lists if each.occasion == "climbed"}
            extra = [each for each in lists if each.occasion == "weekly" and each.duty in climbed]
            keys = {(key, person.id) for each in lists for key in each.keys}
            lists = [each for each in lists if each not in extra]
            message = found.setdefault(person.human, Message(person.human, now))
            _join(message, Message(person.human, now, {f"list {e.duty} {e.occasion}" for e in lists}, keys=keys))
            _join(message, self._notes(person, now))
            if lists:
                message.at = max(message.at, datetime.combine(today, _hour(lists, now.time()), now.tzinfo))
        return {human: message for human, message in found.items() if message.items or message.keys}

    def _lists_of(self, duty: Duty, person: int, today: date) -> "Iterator[Listed]":
        if duty.due is None or duty.by != "unit" or not self._waiting(duty):
            return
        name, speaking = f"{duty.code} {duty.year}", self._speaking
        climbed = [rung for rung in duty.rungs if "office" in rung.to and rung.day <= today]
        if climbed:
            key = ("climbed", duty.code, duty.year, duty.due)
            if (key, person) not in self._said:
                yield Listed(name, "climbed", climbed[-1].day, speaking["digest_at"], [key], climbed[-1].day < today)
        if duty.code != "results":
            return
        last = self.days.last(duty.due)
        after = [self.days.on(last, n) for n in (1, 2, 3)]
        days = {day for day in (last, *after) if day < today}
        back = [today - n * ONE for n in range(21)]
        for day in back:
            if self._occasion(duty, day, last, after):
                days.add(day)
                if day < today and day not in (last, *after):
                    break
        come = sorted(day for day in days if self._occasion(duty, day, last, after))
        key_of = {day: ("reports", duty.year, day) for day in come}
        fresh = [day for day in come if (key_of[day], person) not in self._said]
        if not come or come[-1] not in fresh:
            return
        newest = come[-1]
        occasion = self._occasion(duty, newest, last, after)
        drafts = [day for day in come if day in after]
        if drafts and all(day in fresh for day in drafts):
            occasion = "after"
        named = [day for day in fresh if day in (last, *after) and day < today and day != newest]
        late = newest < today or bool(named) or (occasion == "after" and newest not in after)
        at = {"after": speaking["list_at"], "last": speaking["last_list_at"]}.get(
            self._occasion(duty, newest, last, after), speaking["digest_at"]
        )
        yield Listed(name, occasion, newest, at, [key_of[day] for day in fresh], late)

    def _occasion(self, duty: Duty, day: date, last: date, after: list[date]) -> str:
        """What the office is told of the reports on a day: nothing, or which list."""
        if day.year != duty.year or not self.days.works(day) or day < self.began.date():
            return ""
        if day in after:
            return "after"
        if day == last:
            return "last"
        if duty.opens <= day < last and (last - day).days < self._speaking["last_days"]:
            return "closing"
        monday = day - day.weekday() * ONE
        return "weekly" if day == self.days.on(monday, 0) else ""

    def _notes(self, person: Person, now: datetime) -> Message:
        """Once a week the dates nobody has given; in December the next year's days off; in January what is to be settled."""
        today = now.date()
        monday = today - today.weekday() * ONE
        message = Message(person.human, now)
        for duty in self.duties(now):
            opened = self.office.years[duty.year].date()
            new = opened - opened.weekday() * ONE == monday
            soon = duty.opens - 14 * ONE <= today <= duty.locks and today.year == duty.year
            key = ("undated", monday), person.id
            if duty.due is None and soon and not new and key not in self._said:
                message.items.add("undated")
                message.keys.add(key)
        next_year = ("calendar", today.year + 1), person.id
        if (
            today >= self.days.on(date(today.year, 12, 1), 0)
            and today.year < self.plan["last_year"]
            and next_year not in self._said
        ):
            message.items.add(f"calendar {today.year + 1}")
            message.keys.add(next_year)
        for item, begins, most in self._of_january(today):
            last = self.days.on(begins, most)
            told = (item, today.year), person.id
            if begins <= today <= last and told not in self._said:
                message.items.add(item)
                message.keys.add(told)
        return message

    def _of_january(self, today: date) -> Iterator[tuple[str, date, int]]:
        """What the office is told once in January: from which day on, and for how many working days after it."""
        years, last_year = self.office.years, today.year - 1
        if min(years, default=today.year) < today.year <= self.plan["last_year"]:
            yield f"new_year {today.year}", self.days.on(date(today.year, 1, 1), 0), 4
        supplement = next(each for each in self.plan["duties"] if each["how"] == "supplement")
        if last_year in years:
            yield f"supplement {last_year}", date.fromisoformat(f"{today.year}-{supplement['opens']}"), 10


@dataclass(frozen=True)
class Listed:
    """One list of the office."""

    duty: str
    occasion: str
    day: date
    at: time
    keys: list[tuple[object, ...]]
    late: bool


def _hour(lists: list[Listed], now: time) -> time:
    """All at one hour: at once where names were missed, unless the last day's list is to come."""
    ahead = [each for each in lists if not each.late]
    by_name = any(each.late and each.occasion in ("after", "last", "climbed") for each in lists)
    if by_name and not any(each.occasion == "last" for each in ahead):
        return now
    return max((each.at for each in ahead), default=now)


def _claim(duty: Duty, today: date, last: date) -> str:
    """What the text must say of the time that is left, or has gone."""
    assert duty.due is not None
    if duty.by == "union":
        return "tuyên truyền, vận động"
    if today > duty.due:
        return f"quá hạn {(today - duty.due).days:02} ngày"
    if today == duty.due:
        return "ôm nay là ngày cuối"
    return "" if today >= last else f"òn {(duty.due - today).days:02} ngày"


def _join(one: Message, other: Message) -> None:
    one.items |= other.items
    one.claims |= other.claims
    one.keys |= other.keys
    one.urgent = one.urgent or other.urgent
