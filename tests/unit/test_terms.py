"""Every sentence of the catalogue is any office's: what one office calls its own comes from its plan alone."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.language import Terms, Words
from bot.movement import Plan
from bot.server.settings import PLAN

ROOT = Path(__file__).resolve().parents[2]
PLANS = {path.stem: Plan.parse(path.read_text(encoding="utf-8")) for path in sorted(PLAN.parent.glob("*.toml"))}

ONE_OFFICE = re.compile(
    r"\bSở\b(?! dữ liệu)|Văn phòng|UBND|\bphòng\b|[Tt]rưởng phòng|[Gg]iám đốc|[Tt]hủ trưởng|[Cc]huyên viên|[Gg]iáo viên"
    r"|[Cc]ấp (?:phó|trưởng)\b|[Ss]áng kiến|[Mm]ô hình|[Nn]hiệm vụ trọng tâm|[Tt]uyên truyền|[Đđ]ơn vị\b(?! tính)"
    r"|[Ll]ãnh đạo (?:đơn vị|cơ quan)|[Cc]ông chức"
)
"""Words that belong to one office, or to one kind of office."""

PLAN_FILE = "said to whoever writes a plan file, of any office's units, desk and papers"
COMMAND_LINE = "the help of the command line, before there is a plan"
TYPED = "words that people type: whoever is used to another office's is understood too"
RECORDS = "whoever keeps the registry of papers, by the law on archives and on state secrets"
STATUS = "the law's kinds of staff, the same in every office"
COLUMNS = "names of columns and kinds that a list is told by, whatever the office calls its own"
ALLOWED: Mapping[str, str] = {
    "pieces": PLAN_FILE,
    "award_rules": PLAN_FILE,
    "plan": PLAN_FILE,
    "plan_changes": PLAN_FILE,
    "role_names": PLAN_FILE,
    "units": PLAN_FILE,
    "units_agree": PLAN_FILE,
    "corrections": PLAN_FILE,
    "difficulty_days": PLAN_FILE,
    "duties": PLAN_FILE,
    "duties_agree": PLAN_FILE,
    "kinds_agree": PLAN_FILE,
    "item_kinds": PLAN_FILE,
    "speaking": PLAN_FILE,
    "targets_agree": PLAN_FILE,
    "options": COMMAND_LINE,
    "menu_words": TYPED,
    "noise": TYPED,
    "roster": COLUMNS,
}
"""Catalogues of which every entry may name them, and why."""
ALLOWED_SENTENCES: Mapping[str, str] = {
    "officers of the units": STATUS,
    "civil servant": STATUS,
    "Civil servant, public employee or worker?": STATUS,
    "«{kind}» is not a kind: công chức, viên chức, người lao động.": STATUS,
    "Of whom: every unit, or the office alone as one, where one buyer buys for all": PLAN_FILE,
    "Whether a unit may say that it does not concern it": PLAN_FILE,
    "Other units in which people may give it, and how many of `unit` one of them is": PLAN_FILE,
    "Please send the list as an XLSX or CSV file, with the columns: Họ và tên; Đơn vị.": "a file's columns",
    "all of the unit": TYPED,
    "share of the roster: the list of people that fills it in; a unit may give its own total instead": PLAN_FILE,
    "Please send the list of members as an XLSX or CSV file, with the columns: Họ và tên; Đơn vị.": "a file's columns",
}
OF_ALL = {"văn thư": RECORDS}
"""Words that one plan has for a role and that mean the same everywhere."""
SAMPLES = {"Nông Văn Mẫu", "Lý Thị Ví Dụ"}
"""Names that say themselves that they are an example; they stand in one invented office too."""


def entries() -> Iterator[tuple[str, str, str]]:
    """Every entry: its catalogue, the sentence, its Vietnamese."""
    for po in sorted((ROOT / "locales/vi").glob("*.po")):
        with po.open("rb") as file:
            yield from ((po.stem, str(entry.id), str(entry.string)) for entry in read_po(file) if entry.id)


ENTRIES = tuple(entries())


def typed(vietnamese: str) -> bool:
    """Whether it is a list of words that people type; a row of headings begins with a capital."""
    return "|" in vietnamese and vietnamese.lstrip("{")[:1].islower()


def test_no_entry_names_what_belongs_to_one_office() -> None:
    wrong = [
        f"{stem}: {vietnamese}"
        for stem, message, vietnamese in ENTRIES
        if ONE_OFFICE.search(vietnamese)
        and stem not in ALLOWED
        and message not in ALLOWED_SENTENCES
        and not (stem == "targets" and message in _of_models())
        and not typed(vietnamese)
    ]
    assert not wrong, "\n".join(wrong)


def test_nobody_of_an_invented_office_stands_in_the_catalogue() -> None:
    people = set[str]()
    for path in PLAN.parent.glob("demo/*/people.csv"):
        with path.open(encoding="utf-8") as file:
            people |= {row["name"] for row in csv.DictReader(file, delimiter=";")}
    assert len(people) > 40
    assert [each for each in ENTRIES if any(name in each[2] for name in people - SAMPLES)] == []


def test_what_is_allowed_is_still_needed() -> None:
    """An exception that nothing needs any more is one behind which the next mistake hides."""
    named = {(stem, message) for stem, message, vietnamese in ENTRIES if ONE_OFFICE.search(vietnamese)}
    assert set(ALLOWED) <= {stem for stem, _message in named}
    assert set(ALLOWED_SENTENCES) <= {message for _stem, message in named}


def _of_models() -> frozenset[str]:
    """What the models of the plan file say of their keys."""
    from bot.movement.plan.declared import keys, tables_of
    from bot.movement.plan.targets import Target

    said = {found.key.what.message for _name, _info, found in keys(Target) if found.key is not None}
    for _name, _info, found in keys(Target):
        inner = tables_of(found.kind)
        model = inner if inner is not None else found.kind
        if hasattr(model, "model_fields"):
            said |= {each.key.what.message for _key, _of, each in keys(model) if each.key is not None}
    return frozenset(said)


# With both plans ----------------------------------------------------------------------------------


def whole(word: str) -> re.Pattern[str]:
    """A word by itself: «tổ» is not the beginning of «tổ chức»."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)(?! (?:chức|hợp|tính)\b)", re.IGNORECASE)


def words_of(plan: Plan) -> set[str]:
    """What an office calls its own."""
    titles = {kind.head for kind in plan.unit_kinds} | {kind.deputy for kind in plan.unit_kinds}
    return {*vars(plan.terms).values(), *plan.roles.names, *titles, plan.office.name, plan.office.short} - {""}


@pytest.mark.parametrize("name", PLANS)
def test_every_sentence_is_said_in_the_words_of_its_own_plan(name: str) -> None:
    plan = PLANS[name]
    others = set[str]().union(*(words_of(other) for key, other in PLANS.items() if key != name))
    own = words_of(plan)
    foreign = {
        word: whole(word) for word in others if word not in OF_ALL and not any(whole(word).search(each) for each in own)
    }
    assert len(foreign) > 10
    words = Words("vi", terms=plan.terms)
    always = defaultdict(lambda: "…", words._always)
    wrong = []
    for stem, message, vietnamese in ENTRIES:
        if stem in ALLOWED or message in ALLOWED_SENTENCES or typed(vietnamese) or message in _of_models():
            continue
        said = vietnamese.format_map(always)
        wrong += [f"{stem}: «{word}» in {said}" for word, pattern in foreign.items() if pattern.search(said)]
    assert not wrong, "\n".join(wrong)


def test_no_sentence_is_given_what_it_would_have_been_told() -> None:
    """A value of the same name as a term would hide what the office calls its own."""
    new = {"unit_word", "heads", "deputy_word", "drafter_word", "in_charge", "difficulties"}
    assert new <= set(vars(Terms()))
    given = {hole for _stem, message, _vietnamese in ENTRIES for hole in re.findall(r"\{(\w+)\}", message)}
    assert not given & new


def test_a_school_reads_of_its_own_units_only() -> None:
    said = Words("vi", terms=PLANS["truong-hoc-2026"].terms)
    assert said.sentence("{n} units").format_map({"n": "02", **said._always}) == "02 tổ"
    assert said._always["Unit_word"] == "Tổ"
    assert said._always["Deputy_word"] == "Tổ phó"
