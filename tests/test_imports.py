"""Dependencies point one way: between folders as in the tables, between modules without a cycle.

The tables list all folders and what each may import.  A new folder needs a row, and each entry must
be used.  Each test names every module that breaks its rule.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import typeset

PACKAGE = Path(typeset.__file__).parent
DOCS = PACKAGE.parent / "docs" / "how-it-works.md"

VALUES = {
    "programs": "how other processes are started",
    "limits": "what a layout may take, and who says so",
    "addresses": "where links may lead",
    "diagnostic_codes": "the table of diagnostics",
    "diagnostics": "problems as values",
    "errors": "the exception tree",
    "geometry": "the page in numbers",
    "model": "the issue as frozen values",
    "source": "files and places in them",
}
"""What every folder may import."""

FOLDERS = {
    "cli": "doctor editions layout manifest pipeline preview reports scaffold theme",
    "preview": "editions files layout pipeline",
    "scaffold": "config files languages manifest markdown pipeline theme",
    "reports": "layout pipeline",
    "pipeline": "editions files html images languages layout manifest markdown preflight theme",
    "editions": "color config files html languages layout manifest",
    "preflight": "layout manifest",
    "html": "color files languages layout theme",
    "markdown": "config languages layout theme",
    "doctor": "color languages layout theme",
    "layout": "files languages",
    "theme": "config files languages",
    "manifest": "config files languages",
    "images": "color",
    "config": "color",
    "languages": "",
    "files": "",
    "color": "",
}
"""What each folder may import, from the command down."""

LAYOUT = {
    "process": "engine lay_out protocol",
    "lay_out": "compose contract engine findings inspect lines pdf protocol renderer",
    "compose": (
        "document engine impose made_up makeup manuscript protocol renderer skeleton typesetter"
        " variants"
    ),
    "inspect": "document engine findings manuscript protocol tables",
    "pdf": "engine protocol tags",
    "tags": "document engine",
    "contract": "document measures protocol",
    "impose": "engine makeup manuscript page_cache ruled skeleton typesetter variants",
    "typesetter": (
        "block_cache document engine galley lines makeup manuscript measures renderer ruled"
        " skeleton tables variants"
    ),
    "variants": "lines makeup ruled",
    "made_up": "makeup manuscript protocol",
    "galley": "document engine lines manuscript renderer",
    "skeleton": "document engine page_cache renderer",
    "renderer": "block_cache engine findings lines page_cache protocol svg",
    "page_cache": "engine",
    "block_cache": "document lines manuscript ruled",
    "manuscript": "document makeup",
    "ruled": "engine makeup",
    "makeup": "",
    "tables": "document engine measures",
    "measures": "document",
    "lines": "document engine protocol",
    "document": "",
    "svg": "engine findings",
    "engine": "protocol",
    "protocol": "findings",
    "findings": "",
}
"""What each folder within `layout/` may import, from the child process down."""

FACES = {
    "editions": {"editions", "editions.extract"},
    "html": {"html"},
    "layout": {
        "layout.document",
        "layout.findings",
        "layout.process.messages",
        "layout.process.parent",
        "layout.protocol",
    },
    "markdown": {"markdown", "markdown.front_matter"},
    "preflight": {"preflight"},
    "preview": {"preview", "preview.proof", "preview.session"},
}
"""The only modules of a folder that others may import."""

FILES = {
    "layout.process.lifeline": "removes the scratch folder of a parent that is gone",
    "files.workspace": "reads a publication's files",
    "files.assets": "reads what ships with the package",
    "files.atomic_write": "writes the results",
    "files.disk_cache": "keeps what can be made again",
    "files.new_files": "writes what a publication, an issue or an article begins with",
    "color.press_profiles": "looks for color profiles of the system",
    "editions.extract": "reads the archive that it takes apart",
    "cli.streams": "opens the standard handles that were closed",
    "preview.app": "reads the files of its own page",
    "preview.page_markup": "reads the parts of that page",
}
"""The only modules that read or write files."""


@cache
def modules() -> tuple[str, ...]:
    """Every module by its dotted name below the package's; the package itself is ``""``."""
    names = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return tuple(names)


def path_of(module: str) -> Path:
    path = PACKAGE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(path_of(module).read_text("utf-8"))


def part(module: str) -> str:
    """The first name of a module: the row of the table that it belongs to."""
    return module.partition(".")[0]


def at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node except those that only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from at_run_time(node)


def imports(module: str) -> Iterator[tuple[str, str]]:
    """What a module imports: another module's full name, and the name taken from it."""
    for node in at_run_time(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import"
            yield from ((node.module or "", alias.name) for alias in node.names)


@cache
def own_imports(module: str) -> frozenset[str]:
    """The modules of the package that a module imports, without its name; ``""`` is the package."""
    found = set()
    for source, name in imports(module):
        if source.split(".")[0] == "typeset":
            inner = source.partition(".")[2]
            whole = f"{inner}.{name}".strip(".")
            found.add(whole if whole in modules() else inner)
    return frozenset(found)


def arrows() -> Iterator[tuple[str, str]]:
    """Every import from one folder or lone module of the package into another."""
    for module in modules():
        for target in own_imports(module):
            if part(module) != part(target):
                yield module, target


def inner_arrows() -> Iterator[tuple[str, str]]:
    """The same within `layout/`, by names below it."""
    for module in modules():
        for target in own_imports(module):
            if part(module) == part(target) == "layout" and "." in module and "." in target:
                here, there = (name.partition(".")[2] for name in (module, target))
                if part(here) != part(there):
                    yield here, there


def calls(module: str) -> Iterator[tuple[str, str]]:
    """The functions that a module calls: the expression before the last dot, and the name."""
    for node in at_run_time(tree_of(module)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield ast.unparse(node.func.value), node.func.attr
            elif isinstance(node.func, ast.Name):
                yield "", node.func.id


def pairs(table: dict[str, str]) -> set[tuple[str, str]]:
    return {(here, there) for here, row in table.items() for there in row.split()}


def test_every_folder_stands_in_the_tables() -> None:
    assert {part(module) for module in modules()} == {"", "__main__", *FOLDERS, *VALUES}
    inner = {part(name.partition(".")[2]) for name in modules() if part(name) == "layout"}
    assert inner == {"", *LAYOUT}


def test_a_folder_imports_what_its_row_allows_and_needs_all_of_it() -> None:
    outer = {
        (part(module), part(target)): f"{module} → {target}"
        for module, target in arrows()
        if part(target) not in VALUES and module not in {"", "__main__"}
    }
    del outer["cli", ""]  # its version
    inner = {
        (part(module), part(target)): f"layout: {module} → {target}"
        for module, target in inner_arrows()
    }
    for found, table in ((outer, FOLDERS), (inner, LAYOUT)):
        assert [text for pair, text in found.items() if pair not in pairs(table)] == []
        assert pairs(table) - set(found) == set()


def test_the_values_know_no_folder() -> None:
    assert [
        f"{module} → {target}"
        for module, target in arrows()
        if part(module) in VALUES and part(target) not in VALUES
    ] == []


def test_a_row_names_only_what_stands_below_it() -> None:
    for table in (FOLDERS, LAYOUT):
        order = list(table)
        assert [(a, b) for a, b in pairs(table) if order.index(a) >= order.index(b)] == []


def test_others_know_a_folder_by_its_faces() -> None:
    assert [
        f"{module} → {target}"
        for module, target in arrows()
        if part(target) in FACES and target not in FACES[part(target)]
    ] == []
    taken = {target for _, target in arrows()}
    assert set().union(*FACES.values()) - taken == set()


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: own_imports(module) for module in modules()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def without_detours(table: dict[str, str]) -> set[tuple[str, str]]:
    """The arrows of a table that no longer path implies."""
    below: dict[str, set[str]] = {}
    for here in reversed(table):
        direct = set(table[here].split())
        below[here] = direct.union(*(below[there] for there in direct))
    return {
        (here, there)
        for here, there in pairs(table)
        if not any(there in below[other] for other in table[here].split())
    }


def test_the_docs_draw_these_arrows() -> None:
    drawings = re.findall(r"```mermaid\nflowchart(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    drawn = [set(re.findall(r"(\w+) --> (\w+)", drawing)) for drawing in drawings]
    assert drawn == [without_detours(FOLDERS), without_detours(LAYOUT)]


ENGINES = {"weasyprint", "pydyf", "uharfbuzz"}


def uses_an_engine(module: str) -> bool:
    return any(name.split(".")[0] in ENGINES for name, _ in imports(module))


def test_only_the_layout_imports_the_layout_engine() -> None:
    assert {part(module) for module in modules() if uses_an_engine(module)} == {"layout"}


PUBLIC = {
    "weasyprint": {"CSS", "HTML", "Document", "Page"},
    "pydyf": {"Array", "Dictionary", "PDF", "Stream", "String"},
}
"""What the layout may take of the engine itself; all else comes from its adapter."""


def is_adapter(module: str) -> bool:
    return f"{module}.".startswith("layout.engine.")


def engine_names(module: str) -> Iterator[str]:
    """The names that a module takes of the engine, by their full names."""
    for source, name in imports(module):
        if source.split(".")[0] in PUBLIC and name:
            yield f"{source}.{name}"
    for node in at_run_time(tree_of(module)):
        if isinstance(node, ast.Attribute):
            written = ast.unparse(node)
            if written.split(".")[0] in PUBLIC:
                yield written


def private_names(module: str) -> Iterator[str]:
    """The private attributes of objects that are not a module's own, as they are written."""
    for node in at_run_time(tree_of(module)):
        if isinstance(node, ast.Attribute) and re.fullmatch(r"_[^_](?:\w*[^_])?", node.attr):
            owner = ast.unparse(node.value)
            # What a named tuple offers is named so lest it be taken for a field.
            if owner not in {"self", "cls", "super()"} and node.attr != "_replace":
                yield ast.unparse(node)


def bases_from_an_engine(module: str) -> Iterator[str]:
    """The classes of a module that are made of the engine's, whose private names they share."""
    taken = {name for source, name in imports(module) if source.split(".")[0] in PUBLIC}
    for node in at_run_time(tree_of(module)):
        if isinstance(node, ast.ClassDef):
            bases = {ast.unparse(base) for base in node.bases}
            if bases & taken or any(base.split(".")[0] in PUBLIC for base in bases):
                yield node.name


def test_only_the_adapter_knows_more_of_the_engine_than_is_public() -> None:
    allowed = {f"{source}.{name}" for source, names in PUBLIC.items() for name in names}
    assert [
        f"{module}: {name}"
        for module in modules()
        for name in engine_names(module)
        if not is_adapter(module) and name not in allowed
    ] == []
    assert any(name not in allowed for name in engine_names("layout.engine.boxes"))


def test_only_the_adapter_touches_private_names() -> None:
    """No module needs those of other objects; one that does must be in ruff's settings, too."""
    assert [
        f"{module}: {name}"
        for module in modules()
        if not is_adapter(module)
        for name in [*private_names(module), *bases_from_an_engine(module)]
    ] == []
    assert "page._page_box" in private_names("layout.engine.boxes")
    assert "MarkedPage" in bases_from_an_engine("layout.engine.marked_content")
    assert [module for module in modules() if "SLF001" in path_of(module).read_text("utf-8")] == []


HEAVY = {"PIL", "fontTools", "jinja2", "markdown", "pikepdf", "pydantic", "weasyprint", "yaml"}
"""Packages that take long to load."""


@pytest.mark.parametrize("module", ["cli", "pipeline.build", "layout.process.file_service", "html"])
def test_what_starts_a_process_loads_fast(module: str) -> None:
    """A build loads more while the reading process starts, and jobs bring what they need."""
    program = f"import sys, typeset.{module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout.split()
    assert HEAVY & set(loaded) == set()
    assert f"typeset.{module}" in loaded


def reached_from(*starts: str) -> set[str]:
    """These modules and all that they import, directly or indirectly."""
    reached, waiting = set(), list(starts)
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            # A module's folders are loaded before it.
            folder = [module.rpartition(".")[0]] if "." in module else []
            waiting += [*own_imports(module), *folder]
    return reached


def test_no_engine_is_loaded_into_the_process_of_the_command() -> None:
    """Only the worker, which is a process of its own, reaches the modules that import one."""
    reached = reached_from("cli", "pipeline.build")
    assert [module for module in reached if uses_an_engine(module)] == []
    assert "layout.process.parent" in reached


def test_what_reads_an_author_s_files_is_not_loaded_into_the_process_of_a_build() -> None:
    reached = reached_from("pipeline.build", "preview.app", "preview.session")
    readers = {"pipeline.loading", "manifest.discovery", "images.measure", "images.svg"}
    assert [
        module for module in sorted(reached) if module in readers or part(module) == "markdown"
    ] == []
    assert "pipeline.reading" in reached


def prints(before: str, name: str) -> bool:
    to_a_stream = before.startswith(("sys.stdout", "sys.stderr")) and name.startswith("write")
    return (before, name) == ("", "print") or name in {"echo", "secho"} or to_a_stream


def test_only_the_command_prints() -> None:
    assert [
        f"{module}: {before}.{name}"
        for module in modules()
        for before, name in calls(module)
        if part(module) != "cli" and prints(before, name)
    ] == []


def test_only_the_command_picks_exit_codes() -> None:
    """The layout process may too, since its parent reads the code."""
    enders = {
        module for module in modules() if {"exit", "_exit"} & {name for _, name in calls(module)}
    }
    allowed = ("cli", "__main__", "layout.process.")
    assert [module for module in sorted(enders) if not module.startswith(allowed)] == []


_TOUCHES = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "touch"),
    *("rename", "replace", "rmdir", "rmtree", "copy", "copytree", "mkstemp", "symlink_to"),
}
_NO_FILE = {
    ("PIL.Image", "open"),
    ("pikepdf", "open"),
    ("page.Contents", "read_bytes"),
    ("picture", "read_bytes"),
    ("dataclasses", "replace"),
    ("os", "dup2"),
    ("document", "copy"),
    ("skeleton", "copy"),
    ("box", "copy"),
    ("box.style", "copy"),
    ("text.style", "copy"),
    ("resource", "read_bytes"),
}


def touches(module: str) -> set[str]:
    """The calls of a module that read or write files."""
    found = set()
    for before, name in calls(module):
        by_the_workspace = before.rpartition(".")[2] in {"workspace", "Workspace"}
        # Of `replace` only that of a path or of the system moves files.
        of_text = name == "replace" and before != "os" and "path" not in before.lower()
        if name in _TOUCHES and not (by_the_workspace or of_text or (before, name) in _NO_FILE):
            found.add(f"{before}.{name}".strip("."))
    return found


def test_only_the_keepers_of_files_touch_files() -> None:
    touched = {module: touches(module) for module in modules()}
    assert {
        module: found for module, found in touched.items() if found and module not in FILES
    } == {}
    assert [module for module in FILES if not touched[module]] == []


def test_nothing_reads_the_clock() -> None:
    """Measuring durations is allowed.

    `new` dates an issue by today; the command reads that in one place, and passes it on.
    """
    clocks = {"now", "utcnow", "today", "time", "time_ns", "ctime", "localtime", "gmtime"}
    readers = {module for module in modules() if clocks & {name for _, name in calls(module)}}
    assert readers == {"cli.clock"}


def test_nothing_asks_the_network() -> None:
    libraries = {"ssl", "http", "ftplib", "requests", "httpx", "urllib3", "aiohttp"}
    assert [
        f"{module}: {source}"
        for module in modules()
        for source, _ in imports(module)
        if source.split(".")[0] in libraries or source == "urllib.request"
    ] == []


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    """What another package happens to bring may be gone with its next release."""
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.match(r"[\w-]+", line) for line in project["dependencies"]]
    declared = {canonical(name[0]) for name in names if name}
    tops = {source.split(".")[0] for module in modules() for source, _ in imports(module)}
    owners = packages_distributions()
    imported = {
        canonical(owner)
        for top in tops - sys.stdlib_module_names - {"typeset"}
        for owner in owners[top]
    }
    assert imported - declared == set()
    # Fonts are files, which are read by the names of their packages.
    assert {name for name in declared - imported if not name.startswith("font-")} == set()


SERVERS = {"socket", "starlette", "uvicorn"}


def test_only_the_preview_serves() -> None:
    taken = {
        module: {source.split(".")[0] for source, _ in imports(module)} & SERVERS
        for module in modules()
    }
    assert {part(module) for module, found in taken.items() if found} == {"preview"}
    # Only one module has a socket, and it only waits for requests there.
    assert {module for module, found in taken.items() if "socket" in found} == {"preview.server"}
    asked = {name for _, name in calls("preview.server")}
    assert not {"connect", "create_connection", "open_connection"} & asked


def says_what_it_is(module: str) -> bool:
    tree = tree_of(module)
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    # A language is found by its file's name.
    is_language = module.startswith("languages.") and "LANGUAGE" in assigned
    return bool(ast.get_docstring(tree)) and ("__all__" in assigned or is_language)


def test_every_module_says_what_it_is_and_what_it_offers() -> None:
    assert [module for module in modules() if not says_what_it_is(module)] == []
