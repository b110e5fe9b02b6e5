"""Raise a difficulty and move it on; whoever it concerns is told. Inside the transaction."""

from collections.abc import Callable, Mapping

from bot.conversation import Visit
from bot.language import Part, Text, _, record_codes
from bot.office.difficulties.difficulty_moves import MOVES, Hand, held_by, owners, sees
from bot.office.difficulties.difficulty_texts import name_of
from storage import difficulties, initiatives, people
from storage.difficulties import DifficultyMove, DifficultyState, Opinion, Raised
from storage.outbox import NoticeCode

PREFIX = "VM"
MOVED = NoticeCode("difficulty")
"""Something has happened to a difficulty."""


def find(visit: Visit, said: str) -> Raised | None:
    """Return the difficulty that a code names, if this person may read it."""
    code = record_codes.read_code(said)
    if code is None or code.prefix not in ("", PREFIX):
        return None
    for each in code.among(visit.tx.all(difficulties.CODES), visit.said.year):
        found = visit.tx.one(difficulties.BY_CODE, code=each)
        if found is not None and sees(visit, found):
            return found
    return None


def by_code(visit: Visit, code: str) -> Raised:
    """Return the difficulty of a whole code that is kept."""
    found = visit.tx.one(difficulties.BY_CODE, code=code)
    assert found is not None
    return found


def send(visit: Visit, text: str, area: str, way: DifficultyState) -> Raised:
    """Store a difficulty, and tell whoever has it now."""
    year = visit.said.year
    code = initiatives.next_code(visit.tx, prefix=PREFIX, year=year)
    difficulties.add(
        visit.tx,
        code=code,
        year=year,
        unit=visit.me.unit,
        by=visit.me.id,
        area=area,
        text=text,
        way=way,
        now=visit.said,
    )
    visit.note("difficulty_sent", code)
    raised = by_code(visit, code)
    _tell(visit, raised, [person.id for person in owners(visit, raised)])
    return raised


def move(visit: Visit, raised: Raised, word: str, text: str = "", opinion: Opinion | None = None) -> Raised | None:
    """Move a difficulty on as this person does it; None when something has happened to it since."""
    rule = MOVES[word]
    if raised.state not in rule.begins:
        return None
    to = _back_to(visit, raised) if rule.move is DifficultyMove.UNSOLVED else rule.ends
    moved = difficulties.move(
        visit.tx, raised, what=rule.move, to=to, by=visit.me.id, now=visit.said, text=text, opinion=opinion
    )
    if not moved:
        return None
    visit.note(f"difficulty_{rule.move}", raised.code)
    now = by_code(visit, raised.code)
    _tell(visit, now, _concerned(visit, now, rule.move))
    return now


def _back_to(visit: Visit, raised: Raised) -> DifficultyState:
    """Return where it goes that is not solved: to whoever answered."""
    answers = [
        step
        for step in visit.tx.all(difficulties.STEPS, id=raised.id)
        if step.move in (DifficultyMove.ANSWERED, DifficultyMove.OPINION)
    ]
    by_head = answers[-1].was is DifficultyState.HEAD
    return DifficultyState.HEAD if by_head else DifficultyState.DESK


def _concerned(visit: Visit, raised: Raised, move: DifficultyMove) -> list[int]:
    """Return who hears of a move: who has it now; who raised it, of what others did; who answered, that it is solved."""
    found = (
        [person.id for person in owners(visit, raised)] if raised.waits and move is not DifficultyMove.REFERRED else []
    )
    if move in (DifficultyMove.PASSED_ON, DifficultyMove.REFERRED):
        found += [person.id for person in held_by(visit, raised, Hand.ASKER)]
    if move is DifficultyMove.SOLVED:
        steps = visit.tx.all(difficulties.STEPS, id=raised.id)
        found += [step.by for step in steps if step.move in (DifficultyMove.ANSWERED, DifficultyMove.OPINION)][-1:]
    return found


def _tell(visit: Visit, raised: Raised, whom: list[int]) -> None:
    mine = visit.tx.all(people.EVERY_POST, person=visit.me.id)
    for person in dict.fromkeys(whom):
        if person not in mine:
            visit.tell(person, MOVED, code=raised.code, n=raised.step)


_WHY_NOT: Mapping[DifficultyMove, Callable[..., Text]] = {
    DifficultyMove.SENT: lambda **said: _("{code} was sent by {who} since, so nothing was changed.", **said),
    DifficultyMove.PASSED_ON: lambda **said: _(
        "{who} has passed {code} on to {desk} meanwhile, so nothing was changed.", **said
    ),
    DifficultyMove.TURNED: lambda **said: _(
        "{who} has sent {code} straight to {desk} meanwhile, so nothing was changed.", **said
    ),
    DifficultyMove.ANSWERED: lambda **said: _("{who} has answered {code} meanwhile, so nothing was changed.", **said),
    DifficultyMove.REFERRED: lambda **said: _(
        "{who} has put {code} before {leaders} meanwhile, so nothing was changed.", **said
    ),
    DifficultyMove.OPINION: lambda **said: _(
        "{who} has recorded the opinion about {code} meanwhile, so nothing was changed.", **said
    ),
    DifficultyMove.SOLVED: lambda **said: _(
        "{who} has said meanwhile that {code} is solved, so nothing was changed.", **said
    ),
    DifficultyMove.UNSOLVED: lambda **said: _(
        "{who} has said meanwhile that {code} is not solved yet, so nothing was changed.", **said
    ),
    DifficultyMove.WITHDRAWN: lambda **said: _("{who} has withdrawn {code} meanwhile, so nothing was changed.", **said),
}


def since(visit: Visit, raised: Raised) -> Part:
    """Say in one true sentence what has happened to it instead."""
    last = visit.tx.all(difficulties.STEPS, id=raised.id)[-1]
    return _WHY_NOT[last.move](code=raised.code, who=name_of(visit, last.by))
