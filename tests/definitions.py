"""Where «go to definition» leads from a call: what mypy makes of the expression, as a language server does.

What is called is *reached* from the expression that calls it, without a search, in one of four ways:

- *definition*: the expression names the function, a method of the object's declared type, or the class.
- *implementation*: it names a method of a protocol, which the class of what is called has among its bases.
- *declaration*: it names a field that holds a function (`Conversation.file`, `Field.ask_again`), and what is called is
  named, or stands as a lambda, where such a declaration is made and its field given.
- *handed over*: it names a parameter that is a function, and what is called is given in a call by a function that the
  way has passed before (`db.write(partial(record, …))`): whoever has read so far has read it.
"""

import ast
from collections.abc import Iterable, Iterator

from mypy.build import BuildSource, build
from mypy.inspections import find_by_location
from mypy.nodes import Decorator, Expression, FuncDef, MemberExpr, RefExpr, SymbolNode, TypeInfo, Var
from mypy.options import Options
from mypy.types import CallableType, Instance, UnionType, get_proper_type

from tests.house import ROOT, Source, sources
from tests.tracing import Hop, Place, Span

Named = tuple[SymbolNode, TypeInfo | None]
"""What an expression names, and the class that it is an attribute of."""


class Definitions:
    """The files that the way leads through, and all that they import, as mypy understands them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files = _with_imports(paths)
        options = Options()
        options.incremental, options.cache_dir, options.follow_imports = False, "/dev/null", "skip"
        options.export_types = options.preserve_asts = options.ignore_errors = True
        built = build([BuildSource(str(ROOT / path), module) for module, path in _modules(self._files)], options)
        self._types = built.types
        self._trees = {path: tree for module, path in _modules(self._files) if (tree := built.graph[module].tree)}

    def reached(self, hop: Hop, passed: Iterable[Place]) -> str:
        """Return in which way; empty where somebody would have to search."""
        for named, owner in self._named(self._ref(hop.caller.path, self._callee(hop))):
            if self._place(named) == hop.place:
                return "definition"
            if owner is not None and owner.is_protocol and self._implements(hop.place, owner, named.name):
                return "implementation"
            if isinstance(named, Var) and owner is not None and self._declared(hop.place, owner, named.name):
                return "declaration"
            if isinstance(named, Var) and owner is None and any(self._hands_over(each, hop.place) for each in passed):
                return "handed over"
        return ""

    def _callee(self, hop: Hop) -> ast.expr:
        """Return what is called, or read (a property)."""
        tree = self._files[hop.caller.path].tree
        found = next(each for each in ast.walk(tree) if isinstance(each, ast.expr) and _span(each) == hop.at)
        found = found.value if isinstance(found, ast.Await) else found
        return found.func if isinstance(found, ast.Call) else found

    # What an expression names -------------------------------------------------------------------------

    def _ref(self, path: str, expression: ast.expr) -> RefExpr | None:
        """Return a name or an attribute as mypy understands it."""
        first, last, begins, ends = _span(expression)
        found = find_by_location(self._trees[path], first, begins, last, ends)
        return found if isinstance(found, RefExpr) else None

    def _named(self, ref: RefExpr | None) -> Iterator[Named]:
        if ref is None:
            return
        if ref.node is not None:
            yield ref.node, None
        elif isinstance(ref, MemberExpr):
            yield from self._attributes(ref.expr, ref.name)
        yield from self._attributes(ref, "__call__")
        if isinstance(ref.node, TypeInfo) and "__init__" in ref.node.names:
            yield from _attribute(ref.node, "__init__")

    def _attributes(self, of: Expression, name: str) -> Iterator[Named]:
        kind = get_proper_type(self._types.get(of))
        for each in map(get_proper_type, kind.items) if isinstance(kind, UnionType) else [kind]:
            made = get_proper_type(each.ret_type) if isinstance(each, CallableType) and each.is_type_obj() else each
            if isinstance(made, Instance):
                yield from _attribute(made.type, name)

    def _place(self, named: SymbolNode) -> Place | None:
        """Return where a function stands; None for anything else."""
        function = named.func if isinstance(named, Decorator) else named
        if not isinstance(function, FuncDef):
            return None
        inside = (
            (module, path) for module, path in _modules(self._files) if function.fullname.startswith(f"{module}.")
        )
        module, path = max(inside, default=("", ""))
        return Place(path, function.fullname.removeprefix(f"{module}."))

    # Ways ---------------------------------------------------------------------------------------------

    def _implements(self, place: Place, protocol: TypeInfo, method: str) -> bool:
        kind, _, name = place.name.rpartition(".")
        found = self._trees[place.path].names.get(kind)
        return name == method and found is not None and isinstance(found.node, TypeInfo) and protocol in found.node.mro

    def _declared(self, place: Place, kind: TypeInfo, field: str) -> bool:
        """Whether a declaration of a kind is made anywhere whose field is this function."""
        order = [name for name, each in kind.names.items() if isinstance(each.node, Var)]
        for path, file in self._files.items():
            for call in ast.walk(file.tree):
                if isinstance(call, ast.Call) and self._makes(path, call, kind):
                    given = {key.arg: key.value for key in call.keywords} | dict(zip(order, call.args, strict=False))
                    if field in given and self._gives(path, given[field], place):
                        return True
        return False

    def _makes(self, path: str, call: ast.Call, kind: TypeInfo) -> bool:
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))  # most are something else: mypy need not look
        made = self._ref(path, call.func) if name == kind.name else None
        return made is not None and made.node is kind

    def _gives(self, path: str, given: ast.expr, place: Place) -> bool:
        if isinstance(given, ast.Lambda):
            return path == place.path and place.name.endswith("<lambda>")
        return any(self._names(path, each, place) for each in (given, *_arguments(given)))

    def _hands_over(self, function: Place, place: Place) -> bool:
        file = self._files.get(function.path)
        found = [node for name, node in file.functions() if name == function.name] if file is not None else []
        return any(self._names(function.path, each, place) for node in found for each in _arguments(node))

    def _names(self, path: str, expression: ast.expr, place: Place) -> bool:
        return any(self._place(named) == place for named, _owner in self._named(self._ref(path, expression)))


def _attribute(kind: TypeInfo, name: str) -> Iterator[Named]:
    for base in kind.mro:
        if name in base.names and (node := base.names[name].node) is not None:
            yield node, base
            return


def _arguments(node: ast.AST) -> Iterator[ast.expr]:
    """Return what is given in all the calls in a piece of a file."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            yield from (*call.args, *(key.value for key in call.keywords))


def _span(node: ast.expr) -> Span:
    return node.lineno, node.end_lineno or 0, node.col_offset, node.end_col_offset or 0


def _modules(paths: Iterable[str]) -> list[tuple[str, str]]:
    return [(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."), path) for path in paths]


def _with_imports(paths: Iterable[str]) -> dict[str, Source]:
    """Return these files and all of ours that they import."""
    ours = {source.path: source for source in sources(ROOT)}
    known = dict(_modules(ours))
    found: dict[str, Source] = {}
    ahead = list(paths)
    while ahead:
        path = ahead.pop()
        if path not in found:
            found[path] = ours[path]
            imports = {each for _line, module, name in ours[path].imports() for each in (module, f"{module}.{name}")}
            ahead += [known[each] for each in imports & known.keys()]
    return found
