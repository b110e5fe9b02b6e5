"""A page that is read without a network: headings, paragraphs, tables, links to the files beside it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.55 system-ui, "Segoe UI", "Noto Sans", Arial, sans-serif; color: #1c2a2a; background: #fff;
       max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .5rem; border-bottom: 2px solid #0f766e; padding-bottom: .25rem; }
p { margin: .4rem 0; }
nav a { display: inline-block; margin: .2rem 1rem .2rem 0; }
a { color: #0b5d57; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { border: 1px solid #b8b0a0; padding: .35rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #d3e8e2; }
details { margin: .35rem 0; border: 1px solid #d8d2c4; border-radius: .3rem; padding: .3rem .6rem; }
summary { cursor: pointer; }
code { font-family: ui-monospace, Consolas, monospace; font-size: .9em; }
@media print { details { break-inside: avoid; } nav { display: none; } }
"""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A file beside the page, by its path from there, and how it is called."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class PageCode:
    """A name as machines write it."""

    text: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A text in English."""

    text: str


Cell = str | PageLink | PageCode | Foreign


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table; one with a name is folded away behind it."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    folded: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class PageSection:
    """A heading with what stands below it."""

    heading: str
    about: Sequence[str] = ()
    tables: Sequence[PageTable] = field(default=())


def page(title: str, about: Sequence[str], sections: Sequence[PageSection]) -> str:
    """Return the whole page. It loads nothing, and runs nothing."""
    return "".join(_page(title, about, sections))


def _page(title: str, about: Sequence[str], sections: Sequence[PageSection]) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    yield f"<title>{_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{_own(title)}</h1>\n"
    yield from (f"<p>{_own(line)}</p>\n" for line in about)
    yield "<nav>\n"
    yield from (f'<a href="#s{n}">{_text(each.heading)}</a>\n' for n, each in enumerate(sections, 1))
    yield "</nav>\n"
    for n, section in enumerate(sections, 1):
        yield f'<h2 id="s{n}">{_text(section.heading)}</h2>\n'
        yield from (f"<p>{_own(line)}</p>\n" for line in section.about)
        for table in section.tables:
            yield from _table(table)
    yield "</body>\n</html>\n"


def _table(table: PageTable) -> Iterator[str]:
    if table.folded:
        yield f"<details><summary>{' '.join(_cell(each) for each in table.folded)}</summary>\n"
    yield '<div class="wide"><table>\n<thead><tr>'
    yield from (f'<th scope="col">{_text(each)}</th>' for each in table.head)
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{_cell(each)}</td>" for each in row) + "</tr>\n"
    yield "</tbody>\n</table></div>\n"
    if table.folded:
        yield "</details>\n"


def _cell(cell: Cell) -> str:
    match cell:
        case PageLink():
            return f'<a href="{quote(cell.path)}">{_own(cell.text)}</a>'
        case PageCode():
            return f"<code>{_text(cell.text)}</code>"
        case Foreign():
            return f'<span lang="en">{_text(cell.text)}</span>'
    return _own(cell)


def _own(text: str) -> str:
    """Return what somebody may have written: its direction stays its own."""
    return f"<bdi>{_text(text)}</bdi>"


def _text(text: str) -> str:
    return escape("".join(mark for mark in text if mark >= " " or mark in "\t\n").encode("utf-8", "replace").decode())
