"""Dependencies point one way: the command, what puts stages to work, the stages, the data.

::

    cli → starting, preview → workshop → pipeline → reading, and the stages after it → data
                                                      ⇣
                             in the child:         loading → the stages that read → data

The table below says where each module of the package stands.  A new module must find its place in
it, and a stage that needs another's value must say so with a reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import typeset

PACKAGE = Path(typeset.__file__).parent

DATA = {
    "addresses": "where links may lead",
    "assets": "where templates, styles and fonts are",
    "builds": "what a build gives back",
    "colorprofiles": "which color profiles of presses there are",
    "colors": "how well a color stands out from another",
    "diagnostics": "problems as values",
    "eastasian": "East Asian characters and their languages",
    "editionsettings": "what may be said of editions",
    "errors": "the exception tree",
    "fitting": "the size at which words fill their place",
    "fonts": "which characters a font has",
    "geometry": "the page in numbers",
    "languages": "quotes, labels and dates by language",
    "lengths": "lengths as authors write them",
    "limits": "what a layout may take, and who says so",
    "loaded": "an issue that was read, and what whoever reads it is asked for",
    "linefigures": "how well lines are set, in numbers",
    "model": "the issue as frozen values",
    "nesting": "how deeply brackets are nested",
    "pages": "what the layout is asked for and answers",
    "portable": "names of files that every system takes",
    "picturecolors": "pictures in colors of their own, brought to sRGB",
    "programs": "how other processes are started",
    "regions": "East Asian regions, and the fonts that have their characters",
    "settings": "what a publication and an issue may say",
    "slugs": "names of files",
    "source": "files and places in them",
    "sourcedate": "the day that the environment sets",
    "validation": "raw data in, typed value out",
    "workspace": "the one reader of files",
    "yamldata": "YAML with places",
    "yamlwords": "the YAML parser's complaints in an editor's words",
}
LEADERS = {
    "extract": "takes the source of an issue out of its archive",
    "loading": "from an issue's folder to the issue, in the reading process",
    "pipeline": "from an issue's folder to its editions",
    "reading": "the process in which issues are read",
    "printing": "lays out an issue and its articles, and lets preflight judge the pages",
    "shelf": "reads articles, and knows those that it has read",
    "starting": "begins publications, issues and articles, and lets the pipeline read them",
    "proofs": "the pages of an issue as they are shown to those who write it",
    "splicing": "puts pages in the place of others, as editions make them",
    "workshop": "lets the pipeline build one issue again and again",
    "preview": "shows what the workshop builds",
}
"""Those that put stages to work, in an order of theirs."""
BELOW = {
    "loading": {"reading", "pipeline", "printing", "starting", "proofs", "workshop", "preview"},
    "reading": {"loading", "pipeline", "printing", "starting", "proofs", "workshop", "preview"},
    "shelf": {"pipeline", "printing", "starting", "proofs", "workshop", "preview"},
    "pipeline": {"loading", "starting", "proofs", "workshop", "preview"},
    "proofs": {"starting", "workshop", "preview"},
    "splicing": {"pipeline", "printing", "starting", "proofs", "workshop", "preview"},
    "workshop": {"loading", "starting", "preview"},
    "starting": {"workshop", "preview"},
}
"""What each of them must not know."""
STAGES = {
    "assemble",
    "doctor",
    "drawings",
    "editions",
    "finding",
    "html",
    "images",
    "layout",
    "manifest",
    "markdown",
    "names",
    "newfiles",
    "outputfolder",
    "outputs",
    "preflight",
    "reports",
    "schemas",
    "theme",
}
LENT = {
    ("assemble", "manifest"): ({"Manifest"}, "the value that an issue is assembled from"),
    ("assemble", "markdown"): ({"InlineReader"}, "the masthead is Markdown; a reader is handed in"),
    ("doctor", "layout"): (
        {"Failure", "LayoutProcess", "receive"},
        "how the layout process is started, and says what it lacks",
    ),
    ("doctor", "theme"): ({"installed_theme", "theme_names"}, "their fonts are looked at"),
    ("editions", "html"): ({"web_file"}, "a web page is a file that needs no layout"),
    ("editions", "manifest"): ({"Manifest"}, "an edition's settings, and where they were set"),
    ("finding", "manifest"): ({"ISSUE_FILE", "PUBLICATION_FILE"}, "the names of two files"),
    ("html", "theme"): (
        {"FontFamily", "Theme"},
        "the values that say which fonts and styles are used",
    ),
    ("images", "drawings"): ({"measure_drawing"}, "a drawing is an image that measures itself"),
    ("preflight", "manifest"): ({"Manifest"}, "a check's limits, and where they were set"),
    ("schemas", "markdown"): ({"ArticleHead"}, "the model of which a schema is made"),
}
"""What one stage takes from another: the names, and why."""
FOR_THE_COMMAND = {
    "pipeline": "does the work",
    "starting": "does the work of `typeset-press new`",
    "extract": "does the work of `typeset-press extract`",
    "proofs": "what the preview shows",
    "workshop": "builds that",
    "preview": "does the work of `typeset-press preview`",
    "finding": "which issue and which line of a file are meant",
    "doctor": "looks at the machine",
    "schemas": "the schemas that it prints",
    "editions": "the names that --all stands for",
    "reports": "the renderings that it prints",
}
FILES = {
    "workspace": "reads a publication's files",
    "assets": "reads what ships with the package",
    "outputs": "writes the results",
    "newfiles": "writes what a publication, an issue or an article begins with",
    "colorprofiles": "looks for color profiles of the system",
    "extract": "reads the archive that it takes apart",
    "layout.lifeline": "removes the scratch folder of a parent that is gone",
    "layout.lines.cache": "keeps what can be made again",
    "cli.streams": "opens the standard handles that were closed",
    "preview.app": "reads the files of its own page",
}


def modules() -> list[str]:
    """Every module by its dotted name below the package's; the package itself is ``""``."""
    names = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def path_of(module: str) -> Path:
    path = PACKAGE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def tree_of(module: str) -> ast.Module:
    return ast.parse(path_of(module).read_text("utf-8"))


def part(module: str) -> str:
    """The first name of a module: the row of the table that it belongs to."""
    return module.partition(".")[0]


def at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only a type checker reads."""
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


def own_imports(module: str) -> Iterator[tuple[str, str]]:
    """The imports from the package itself, without its name; ``""`` is the package."""
    known = set(modules())
    for source, name in imports(module):
        if source.split(".")[0] == "typeset":
            inner = source.partition(".")[2]
            whole = f"{inner}.{name}".strip(".")
            yield (whole, "") if whole in known else (inner, name)


def outside_of(parts: set[str]) -> list[str]:
    return [module for module in modules() if part(module) not in parts]


def calls(module: str) -> Iterator[tuple[str, str]]:
    """The functions that a module calls: the expression before the last dot, and the name."""
    for node in at_run_time(tree_of(module)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield ast.unparse(node.func.value), node.func.attr
            elif isinstance(node.func, ast.Name):
                yield "", node.func.id


def test_every_module_stands_in_the_table() -> None:
    parts = {part(module) for module in modules()}
    assert parts == {"", "__main__", "cli", *LEADERS, *STAGES, *DATA}


@pytest.mark.parametrize("module", outside_of({"", "__main__", "cli", *LEADERS}))
def test_a_stage_needs_data_and_no_other_stage(module: str) -> None:
    here = part(module)
    for target, name in own_imports(module):
        there = part(target)
        if there == here or there in DATA:
            continue
        assert here in STAGES, f"data: {module} imports {target}"
        names, _ = LENT.get((here, there), (set(), ""))
        assert name in names, f"{module} takes {name} from {target}"


def test_nothing_is_lent_that_nobody_takes() -> None:
    taken = {
        (part(module), part(target), name)
        for module in modules()
        for target, name in own_imports(module)
    }
    lent = {(*pair, name) for pair, (names, _) in LENT.items() for name in names}
    assert lent <= taken


def test_the_command_asks_the_pipeline() -> None:
    for module in modules():
        if part(module) != "cli":
            continue
        for target, _ in own_imports(module):
            there = part(target)
            assert there in {"", "cli", *FOR_THE_COMMAND, *DATA}, f"{module} imports {target}"


def test_nothing_below_knows_the_pipeline_or_the_command() -> None:
    for module in outside_of({"", "__main__", "cli"}):
        targets = {part(target) for target, _ in own_imports(module)}
        assert not targets & {"cli", "__main__", ""}, module
        if part(module) not in LEADERS:
            assert not targets & set(LEADERS), module
        if part(module) in BELOW:
            assert not targets & BELOW[part(module)], module


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: {target for target, _ in own_imports(module)} for module in modules()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


ENGINES = {"weasyprint", "pydyf", "uharfbuzz"}


def uses_an_engine(module: str) -> bool:
    return any(name.split(".")[0] in ENGINES for name, _ in imports(module))


def test_only_the_layout_imports_the_layout_engine() -> None:
    assert {part(module) for module in modules() if uses_an_engine(module)} == {"layout"}


def reached_from(*starts: str) -> set[str]:
    """These modules and all that they import, directly or by a detour."""
    known, reached, waiting = set(modules()), set(), list(starts)
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting += [target for target, _ in own_imports(module) if target in known]
    return reached


def test_no_engine_is_loaded_into_the_process_of_the_command() -> None:
    """Only the worker, which is a process of its own, reaches the modules that import one."""
    reached = reached_from("cli", "pipeline")
    assert [module for module in reached if uses_an_engine(module)] == []
    assert "layout.process" in reached


def test_what_reads_an_author_s_files_is_not_loaded_into_the_process_of_a_build() -> None:
    reached = {part(module) for module in reached_from("pipeline", "preview", "workshop")}
    assert reached.isdisjoint({"loading", "finding", "markdown", "assemble", "images", "drawings"})
    assert "reading" in reached


@pytest.mark.parametrize("module", outside_of({"cli"}))
def test_only_the_command_prints(module: str) -> None:
    for before, name in calls(module):
        assert (before, name) != ("", "print")
        assert name not in {"echo", "secho"}
        assert not (before.startswith(("sys.stdout", "sys.stderr")) and name.startswith("write"))


@pytest.mark.parametrize("module", outside_of({"cli", "__main__"}))
def test_only_the_command_picks_exit_codes(module: str) -> None:
    if module != "layout.worker":  # a process of its own, whose parent reads its code
        assert {name for _, name in calls(module)}.isdisjoint({"exit", "_exit"})


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
    ("text.style", "copy"),
    ("thing", "read_bytes"),
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


@pytest.mark.parametrize("module", sorted({*outside_of(set(FILES))} - {*FILES}))
def test_only_the_keepers_of_files_touch_files(module: str) -> None:
    assert touches(module) == set()


def test_the_keepers_of_files_do_touch_them() -> None:
    assert all(touches(module) for module in FILES)


@pytest.mark.parametrize("module", sorted({*modules()} - {"cli.clock"}))
def test_nothing_reads_the_clock(module: str) -> None:
    """The time that something took is another matter.

    `new` dates an issue after today; the command reads that in one place and hands it on.
    """
    clocks = {"now", "utcnow", "today", "time", "time_ns", "ctime", "localtime", "gmtime"}
    assert {name for _, name in calls(module)}.isdisjoint(clocks)


@pytest.mark.parametrize("module", modules())
def test_nothing_asks_the_network(module: str) -> None:
    libraries = {"ssl", "http", "ftplib", "requests", "httpx", "urllib3", "aiohttp"}
    taken = {source for source, _ in imports(module)}
    assert {source.split(".")[0] for source in taken}.isdisjoint(libraries)
    assert "urllib.request" not in taken


SERVERS = {"socket", "starlette", "uvicorn"}


@pytest.mark.parametrize("module", modules())
def test_only_the_preview_serves(module: str) -> None:
    taken = {source.split(".")[0] for source, _ in imports(module)} & SERVERS
    assert not taken or part(module) == "preview"
    # One module has sockets, and all that it does with one is to wait at it.
    if "socket" in taken:
        assert module == "preview.serving"
        assert not {"connect", "create_connection", "open_connection"} & {
            name for _, name in calls(module)
        }


@pytest.mark.parametrize("module", modules())
def test_every_module_says_what_it_is_and_what_it_offers(module: str) -> None:
    tree = tree_of(module)
    assert ast.get_docstring(tree)
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    # A language is found by its file's name, and a folder of renderings offers its files.
    assert "__all__" in assigned or module == "reports" or module.startswith("languages.")
