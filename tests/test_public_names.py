"""Every public name says what it gives back: documented, and typed."""

import ast
import importlib

import pytest
from where import ROOT

LIB = ROOT / "lib" / "sixphase"
SOURCES = sorted(LIB.rglob("*.py"))


def public(path):
    """The public functions, classes and methods of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    outer = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")]
    inner = [node for owner in outer if isinstance(owner, ast.ClassDef) for node in owner.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return [*outer, *inner]


every = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(LIB).as_posix())


@every
def test_every_public_name_is_documented(path):
    assert not [node.name for node in public(path) if not ast.get_docstring(node)]


@every
def test_every_module_opens_with_a_sentence(path):
    assert path.name == "__main__.py" or ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))).split("\n")[0].endswith((".", ":", ","))


@every
def test_every_public_function_is_typed(path):
    untyped = []
    for node in public(path):
        if isinstance(node, ast.FunctionDef):
            named = [a for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs) if a.arg not in ("self", "cls")]
            if node.returns is None or any(a.annotation is None for a in named):
                untyped.append(node.name)

    assert not untyped


@pytest.mark.parametrize("name", ["anchoring", "problems", "tables", "codings", "transcripts", "spans", "exchange.importing", "exchange.speakers", "exchange.transcripts.clock", "exchange.transcripts.tables", "words"])
def test_examples_in_docstrings_are_so(name):
    import doctest

    result = doctest.testmod(importlib.import_module(f"sixphase.{name}"), extraglobs={"pd": importlib.import_module("pandas")})

    assert result.failed == 0
