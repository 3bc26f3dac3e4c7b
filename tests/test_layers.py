"""The order of the house: a module imports only what stands before it; functions and files stay small."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from pathlib import Path

from house import measured, over

SOURCE = Path(__file__).resolve().parent.parent / "src" / "dragoman"


def _order(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LAYERS = _order("""
    errors durable model settings rulebook reading process ledger feeds board export views desk backup corpus component analysis
    gate floors commands cli __main__
""")
INTAKE = _order("plain language notices datelines formats intake offsets")
INSIDE = {
    "rulebook": _order(
        "codes types keys meanings roster over_time shapes loader written countries spelling changes audit lookup drafts "
        "petrarch ftm imports"
    ),
    "reading": INTAKE
    + _order("""
        headlines headings unquoted lemmas steady pipeline parses parse
        mending.__init__ mending.draft mending.nameverbs mending.past mending.strayed mending.told mending.spoken
        mending.speech mending.conditions mending.nouns mending.participles mending.headed mending.listed mending.repair
        tree roles inflection sharing linking verbs nouns clauses names recase cast memory bodies forces sides groups people pronouns
        callings earlier nameless titles describe unknown named roster_names surnames owners actors scenes unmet events context
        authors attribution time_words time_cores time_phrases when where settle whom parties claims denials
        echoes replies answers same triggers skim shown reader relate rows check explain
    """),
    "ledger": _order("""
        schema migrations.versions.0001_first migrations.versions.0002_stamps migrations.versions.0003_later
        migrations.env connect stamps rows verdicts store dump
        revisions origins acts agreement matching settle reasons
        elsewhere added asking decisions about parting amending renaming regrouping decided contradictions
        adding recode diffing status verify rereading search
    """),
    "feeds": _order("clock config address fetch robots items watch"),
    "board": _order("""
        types conflicts citing folding filing followed rounds tracks truce_states truces papers stances menaces backings breaches
        bodies calendar rules disputes names following fold viewed shelf turns boards board grades
    """),
    "export": _order("""
        days form process_form records contract brief whole ledger_words ledger_since ledger_page ledger_brief
        ledger_form ledger_json sheet ledger_why content feed agenda
        formats.__init__ formats.rows formats.lines formats.sheets formats.columns
        formats.nations formats.places formats.common formats.killed
        formats.plover formats.cameo_codes formats.cameo formats.acled_types formats.acled
        formats.linked formats.ceasefires formats.papers
        formats.wording formats.ftm formats.geojson formats.annotations formats.ical formats.atom formats.prov formats.table
        schema
    """),
    "views": _order("""
        times naming ties listing grounds actors versions doubts queue deciding entries content
    """),
    "desk": _order("""
        faults who
        accounts.__init__ accounts.tables accounts.store accounts.passwords accounts.users accounts.sessions
        accounts.tokens accounts.log
        kept asked bounds origin guard days
        search.__init__ search.indexes search.near search.finding
        taking
        charts.__init__ charts.strips charts.truce_strip charts.span charts.happenings charts.bins
        charts.bars charts.layers charts.graph charts.world charts.mapped
        parts.__init__ parts.paging parts.lines parts.sheet parts.decided parts.texts parts.visits
        paper
        told.__init__ told.news told.hooked told.hooks told.feeds
        conflict.__init__ conflict.called conflict.rows conflict.matrix conflict.sections conflict.state conflict.entry
        api.__init__ api.edge api.forms api.answers api.paging api.filters api.making api.state api.records
        api.deciding api.reading api.export api.telling api.published
        documented
        pages.__init__ pages.search pages.sources pages.rules pages.add pages.home pages.actors pages.contradictions
        pages.stating pages.decisions pages.review pages.reports pages.claims pages.events pages.backers
        pages.timeline pages.maps pages.conflict pages.entries pages.feeds pages.programs pages.signing pages.account
        pages.users pages.auditing
        app serve
    """),
    "backup": _order("types sealed rows files saving restoring"),
    "corpus": _order("""
        types stores places sources.__init__ sources.unpacked sources.lines sources.days sources.fields
        sources.source sources.rows sources.tables sources.single sources.parquets sources.warcs sources.lists
        sources.saved_feeds sources.exports sources.lexisnexis sources.factiva sources.forms sources.reading sources.walk
        plan prints dealt hashed touched kept coding shard executing preloaded local manifest asked on_worker on_dask duplicates
        merge run
    """),
    "analysis": _order("acts network tension charts"),
    "commands": _order("""
        shared adding deciding views grounds boarding listing searching checking saving watching desk_users desking coding
        exporting
    """),
}


def imports_of(path: Path, package: str = "dragoman") -> Iterator[tuple[int, str]]:
    """Yield line and module ('reading.parse', '' for the package itself) of each import from the package."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == package:
                    yield node.lineno, alias.name.partition(".")[2]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield node.lineno, "." * node.level + (node.module or "")
            elif (node.module or "").split(".")[0] == package:
                inner = (node.module or "").partition(".")[2]
                for alias in node.names:
                    deeper = f"{inner}.{alias.name}".lstrip(".")
                    yield node.lineno, deeper if _is_module(path, package, deeper) else inner


def _is_module(path: Path, package: str, name: str) -> bool:
    root = next((parent for parent in path.parents if parent.name == package), path.parent)
    place = root.joinpath(*name.split("."))
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def violations(root: Path) -> list[str]:
    """Return a line for each import against the order, and for each module that has no place in it."""
    found = []
    for path in sorted(root.rglob("*.py")):
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        if name == "__init__":
            continue
        if not _placed(name):
            found.append(f"{name}: has no place in the order; give it one in tests/test_layers.py")
            continue
        for line, target in imports_of(path):
            wrong = _wrong(name, target)
            if wrong:
                found.append(f"{name}:{line}: {wrong}")
    return found


def _placed(name: str) -> bool:
    layer, _, module = name.partition(".")
    return layer in LAYERS and (module in ("", "__init__") or layer not in INSIDE or module in INSIDE[layer])


def _wrong(name: str, target: str) -> str | None:
    if target.startswith("."):
        return f"imports {target}: write the full name"
    if target == "":
        return None  # the package itself: __version__
    layer, _, module = name.partition(".")
    other_layer, _, other = target.partition(".")
    if layer != other_layer:
        if other_layer not in LAYERS or LAYERS.index(other_layer) >= LAYERS.index(layer):
            return f"imports {target}, which does not stand before {layer}"
        return None
    order = INSIDE.get(layer)
    if order is None or not other or module in ("", "__init__"):
        return None
    if other not in order or order.index(other) >= order.index(module):
        return f"imports {target}, which does not stand before {module}"
    return None


def prints(root: Path) -> list[str]:
    """Return where ``print`` is called outside the command line."""
    return [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in sorted(root.rglob("*.py"))
        if path.name != "cli.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def _tree(root: Path, files: dict[str, str]) -> Path:
    house = root / "dragoman"
    for name, text in files.items():
        path = house / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return house


def test_modules_import_only_what_stands_before_them() -> None:
    assert violations(SOURCE) == []


def test_the_order_names_only_modules_that_are_there() -> None:
    named = {*LAYERS, *(f"{layer}.{module}" for layer, modules in INSIDE.items() for module in modules)}
    assert sorted(name for name in named if not _is_module(SOURCE / "model.py", "dragoman", name)) == []


def test_intake_stands_alone() -> None:
    for name in INTAKE:
        inside = {target for _, target in imports_of(SOURCE / "reading" / f"{name}.py")}
        assert {target.partition(".")[2] for target in inside if target.startswith("reading.")} <= set(INTAKE)


def test_files_and_functions_are_short() -> None:
    assert list(over([measured(path) for path in sorted(SOURCE.rglob("*.py"))])) == []


def test_only_the_command_line_prints() -> None:
    assert prints(SOURCE) == []


def test_the_check_sees_an_import_against_the_order(tmp_path: Path) -> None:
    house = _tree(
        tmp_path,
        {
            "__init__.py": "from dragoman.cli import main\n",
            "model.py": "import dragoman.cli\n",
            "cli.py": "from dragoman import __version__\nfrom dragoman.reading import parse\n",
            "reading/__init__.py": "",
            "reading/parse.py": """
                def late() -> None:
                    from dragoman.reading import clauses
                """,
            "reading/clauses.py": "from dragoman.reading.parse import late\nfrom dragoman.errors import Any\n",
            "reading/plain.py": "from . import clauses\n",
            "process/board.py": "from dragoman.export.brief import brief\n",
            "stray.py": "",
            "reading/stray.py": "",
        },
    )
    assert [line.partition(": ")[0] for line in violations(house)] == [
        "model:1", "process.board:1", "reading.parse:3", "reading.plain:1", "reading.stray", "stray",
    ]  # fmt: skip


def test_the_check_sees_a_print(tmp_path: Path) -> None:
    house = _tree(tmp_path, {"cli.py": "print(1)\n", "model.py": "def told():\n    print('a')\n"})
    assert prints(house) == ["model.py:2"]
