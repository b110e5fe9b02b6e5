"""Opening what was sent: the files of a sheet, a plan or a report, in the chat, for whoever may see them."""

from collections.abc import Sequence
from itertools import accumulate

from bot.conversation import HOME, Command, Feature, Visit, allowed
from bot.dialogue import Button, Say
from bot.language import Count, Part, _, fold, number
from bot.movement import May
from bot.office.duties import record_files
from storage import files
from storage.files import File

MOST = 10
"""So many files one answer brings; the next ones are one tap away."""
BYTES = 40 * 1024 * 1024
"""So many bytes of them: they are in memory while they are sent."""
ALL = ("tatca", "tat ca", "het", "ca", "all")
RECENT = 8


def run(visit: Visit, args: str) -> Say:
    """Answer «/tep» with the newest records that have files; with a code open its file, or list several to choose from."""
    words = args.split()
    if not words:
        return _recent(visit)
    code, which = _meant(visit, words)
    if code is None:
        return _nothing(visit, args)
    why = record_files.closed(visit, code)
    if why is not None:
        return Say([why], buttons=(Button(_("Files to open"), "/tep"), HOME))
    sent = visit.tx.all(files.OF_RECORD, record=code)
    if not sent:
        gone = record_files.erased(visit, code)
        none = (
            _("The files of {code} have been erased.", code=code)
            if gone
            else _("{code} was sent without files.", code=code)
        )
        return Say([none], buttons=(HOME,))
    if which in ALL:
        return _opened(visit, code, sent, 0)
    if which.startswith("tu") and (first := number(which[2:])) is not None:
        return _opened(visit, code, sent, min(max(first, 1), len(sent)) - 1)
    if which.startswith("id"):
        return _one(visit, code, sent, next((file for file in sent if str(file.id) == which[2:]), None))
    if which:
        n = number(which)
        return _one(visit, code, sent, sent[n - 1] if n is not None and 1 <= n <= len(sent) else None)
    return _opened(visit, code, sent, 0) if len(sent) == 1 else _list(visit, code, sent)


def _meant(visit: Visit, words: Sequence[str]) -> tuple[str | None, str]:
    """Return the record that was said, and which of its files: a number, a button's own word, all of them."""
    for count in (2, 1):
        head, tail = words[:-count], fold(" ".join(words[-count:]))
        chosen = tail in ALL or (count == 1 and tail[:2] in ("id", "tu") and number(tail[2:]) is not None)
        if head and chosen:
            return record_files.named(visit, " ".join(head)), tail
    whole = record_files.named(visit, " ".join(words))
    if whole is None and len(words) > 1 and number(words[-1]) is not None:
        return record_files.named(visit, " ".join(words[:-1])), words[-1]
    return whole, ""


def _recent(visit: Visit) -> Say:
    found = record_files.recent(visit, RECENT)
    if not found:
        return Say([_("Nothing with files that {you_name} may open has been sent yet.")], buttons=(HOME,))
    return Say(
        [
            _("Files that {you_name} may open, the newest first"),
            *(line for _code, line in found),
            _("For another one type its code. Example: file {code}", code=found[0][0]),
        ],
        buttons=(*(Button(code, f"/tep {code}") for code, _line in found), HOME),
    )


def _nothing(visit: Visit, said: str) -> Say:
    found = record_files.recent(visit, 1)
    example = found[0][0] if found else _example(visit)
    return Say(
        [
            _("There is no record {code} whose files {you_name} may open.", code=said[:40]),
            _("Please type the tracking code. Example: file {code}", code=example),
        ],
        buttons=(Button(_("Files to open"), "/tep"), HOME),
    )


def _example(visit: Visit) -> str:
    return f"{next((kind.prefix for kind in visit.plan.kinds), 'SK')}-{visit.said.year}-001"


def _list(visit: Visit, code: str, sent: Sequence[File], *before: Part) -> Say:
    shown = sent[:MOST]
    lines = [*before, _head(visit, code, sent), *(record_files.line(n, file) for n, file in enumerate(shown, 1))]
    buttons = [
        Button(_("{n}. {name}", n=n, name=_short(file.name)), f"/tep {code} id{file.id}")
        for n, file in enumerate(shown, 1)
    ]
    if gone := record_files.erased(visit, code):
        lines.append(_("{n} more files have been erased.", n=Count(gone)))
    if len(sent) > len(shown):
        lines.append(_("… and {n} more: they come with «All».", n=Count(len(sent) - len(shown))))
    return Say(lines, buttons=(*buttons, Button(_("All"), f"/tep {code} tatca"), HOME))


def _head(visit: Visit, code: str, sent: Sequence[File]) -> Part:
    record = record_files.of(visit, code)
    assert record is not None
    about = {"code": code, "called": record.called, "unit": record.unit_name, "n": Count(len(sent))}
    return _("Files of {code} {called}, {unit} ({n})", **about)


def _one(visit: Visit, code: str, sent: Sequence[File], file: File | None) -> Say:
    if file is None:
        gone = _("{code} has no such file any more. These are its files now:", code=code)
        return _list(visit, code, sent, gone)
    record_files.note_opened(visit, code, [file])
    more = (Button(_("All files of {code}", code=code), f"/tep {code}"),) if len(sent) > 1 else ()
    n = sent.index(file) + 1
    return Say([_head(visit, code, sent), record_files.line(n, file)], buttons=(*more, HOME), files=[file.id])


def _opened(visit: Visit, code: str, sent: Sequence[File], first: int) -> Say:
    """Bring as many files as one answer may, from this one on."""
    left = sent[first : first + MOST]
    fitting = sum(bytes <= BYTES for bytes in accumulate(file.size for file in left)) or 1
    brought = left[:fitting]
    record_files.note_opened(visit, code, brought)
    lines = [_head(visit, code, sent), *(record_files.line(n, file) for n, file in enumerate(brought, first + 1))]
    rest = len(sent) - first - len(brought)
    buttons = [Button(_("Go on ({n})", n=Count(rest)), f"/tep {code} tu{first + len(brought) + 1}")] if rest else []
    return Say(lines, buttons=(*buttons, HOME), files=[file.id for file in brought])


def _short(name: str) -> str:
    """Return a name that fits on a button, with its ending."""
    return name if len(name) <= 34 else f"{name[:24]}…{name[-9:]}"


OPEN = Command(
    "tep",
    _("Open files"),
    _("file|files|open the file|open file"),
    run,
    allowed(May.READ),
    side=True,
    listed=False,
    seldom=True,
)
FEATURE = Feature(__name__, commands=(OPEN,))
