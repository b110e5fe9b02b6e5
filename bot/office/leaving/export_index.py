"""The page of an export: what is in the folder, where, what each table and column means, who may have it. Pure."""

from collections.abc import Iterator

from bot.documents.export_page import Cell, Foreign, PageCode, PageLink, PageSection, PageTable, page
from bot.documents.workbook import CellKind
from bot.language import Count, First, Text, Time, _
from bot.office.leaving.export import PLAN, ExportedOffice
from bot.office.leaving.table_meanings import COLUMNS, TABLES
from storage.taken_along import DOORS, ColumnShape, TableShape

KINDS = {
    CellKind.TEXT: _("text"),
    CellKind.WHOLE: _("whole number"),
    CellKind.NUMBER: _("number"),
    CellKind.PERCENT: _("percent"),
    CellKind.DAY: _("day"),
    CellKind.TIME: _("day and hour"),
}
"""What the cells of a column are, in words."""


def html(taken: ExportedOffice) -> str:
    """Return the page."""
    plan, say = taken.office.plan, taken.words.say
    title = say(_("Records of the movement “{name}”", name=plan.name))
    about = [
        say(_("{office}. As the database was at {at}.", office=First(plan.office.name), at=Time(taken.now))),
        say(_("This page needs no network and no other program; all links lead to files in this folder.")),
    ]
    sections = [_tables(taken), _papers(taken), _files(taken), _sheets(taken), _database(taken), _whose(taken)]
    return page(title, about, sections)


def _tables(taken: ExportedOffice) -> PageSection:
    say = taken.words.say
    rows = [(say(_("Year {year}", year=year)), PageLink(path, _name(path))) for year, path in taken.workbooks.items()]
    about = [] if rows else [say(_("No year is open yet, so there are no tables and no reports."))]
    table = PageTable([say(_("Year")), say(_("File"))], rows)
    return PageSection(say(_("Excel tables")), about, [table] if rows else [])


def _papers(taken: ExportedOffice) -> PageSection:
    say = taken.words.say
    about = [
        say(
            _(
                "Made anew from the records. What the office has edited or signed lies among the files that were sent; where something is missing, every page says «DỰ THẢO»."
            )
        )
    ]
    rows = [(each.years, each.whose, PageLink(each.path, _name(each.path))) for each in taken.papers]
    table = PageTable([say(_("Year")), say(_("Of whom")), say(_("File"))], rows)
    return PageSection(say(_("Reports in Word")), about, [table] if rows else [])


def _files(taken: ExportedOffice) -> PageSection:
    say = taken.words.say
    about = [
        say(
            _("No file was sent for a record.")
            if not taken.files
            else _("{n} files, by the code of the record that they were sent for.", n=Count(len(taken.files)))
        )
    ]
    rows: list[tuple[Cell, ...]] = [
        (file.record, PageLink(path, file.name), say(Time(file.at)), str(file.size), PageCode(file.sha256))
        for file, path in taken.files
    ]
    head = [_("Code"), _("File"), _("Sent at"), _("Bytes"), _("SHA-256")]
    table = PageTable([say(each) for each in head], rows)
    return PageSection(say(_("Files that were sent")), about, [table] if rows else [])


def _sheets(taken: ExportedOffice) -> PageSection:
    """Say what stands in each sheet of a workbook: by the sheets themselves."""
    say = taken.words.say
    tables = [
        PageTable(
            [say(_("Column")), say(_("What it holds"))],
            [(column.name, say(KINDS[column.kind])) for column in sheet.columns],
            (sheet.name, "–", sheet.title),
        )
        for sheet in taken.sheets
    ]
    return PageSection(say(_("What stands in the Excel tables")), (), tables)


def _database(taken: ExportedOffice) -> PageSection:
    say = taken.words.say
    files: list[tuple[Cell, ...]] = [
        (say(_("The database (SQLite)")), PageLink(taken.copy, _name(taken.copy))),
        (say(_("The plan in force")), PageLink(PLAN, PLAN)),
    ]
    about = [say(_("{n} tables. Notes in English are the program's own.", n=Count(len(taken.shapes))))]
    listed = PageTable([say(_("In the file")), say(_("File"))], files)
    return PageSection(
        say(_("The database, table by table")), about, [listed, *(_shape(taken, each) for each in taken.shapes)]
    )


def _shape(taken: ExportedOffice, shape: TableShape) -> PageTable:
    say = taken.words.say
    rows = say(_("({n} rows)", n=shape.rows))
    return PageTable(
        [say(each) for each in (_("Column"), _("What is kept"), _("Points to"), _("What the column is"))],
        [
            (PageCode(each.name), say(_kind(each.type, each.needed)), PageCode(each.points_to), _note(taken, each))
            for each in shape.columns
        ],
        (PageCode(shape.name), "–", say(First(TABLES[shape.name])) if shape.name in TABLES else "", rows),
    )


def _note(taken: ExportedOffice, column: ColumnShape) -> Cell:
    """Return what a column is: by the schema's own note, else by its name."""
    if not column.note and column.name in COLUMNS:
        return taken.words.say(COLUMNS[column.name])
    return Foreign(column.note)


def _kind(type: str, needed: bool) -> Text:
    kind = {"INTEGER": KINDS[CellKind.WHOLE], "REAL": KINDS[CellKind.NUMBER], "BLOB": _("bytes")}.get(
        type, KINDS[CellKind.TEXT]
    )
    return kind if needed else _("{kind}, may be empty", kind=kind)


def _whose(taken: ExportedOffice) -> PageSection:
    return PageSection(taken.words.say(_("Who may have this folder")), list(_told(taken)))


def _told(taken: ExportedOffice) -> Iterator[str]:
    say = taken.words.say
    yield say(
        _(
            "It holds personal data. The tables, reports and files are what {desk} reads with the assistant; they have no telephone numbers, no messages, no notes of people for themselves."
        )
    )
    yield say(
        _(
            "The database holds all of it, messages and notes too: give the folder {folder} only to whoever carries the office's records on, and take it out before the rest is passed on.",
            folder="co-so-du-lieu",
        )
    )
    yield say(
        _(
            "Not in it: browsers that are signed in, codes of invitation, the key that links to files are signed with (tables {tables}). Whoever goes on with this copy invites people anew.",
            tables=", ".join(DOORS),
        )
    )


def _name(path: str) -> str:
    return path.rpartition("/")[2]
