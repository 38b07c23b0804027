"""The picture in CONTRIBUTING: imports point down, and no floor is a heap."""

import ast
from pathlib import Path

import pytest

LIB = Path(__file__).parent.parent / "lib" / "sixphase"
FLOORS = [  # from the ground up; a module may import from its own floor only what ALLOWED names
    {"problems", "places", "words", "days"},
    {"tables", "spans", "anchoring"},
    {"schemas", "transcripts", "cases", "codings", "codebook", "themes", "quotations", "memos", "decisions", "approaches", "disclosure", "identifiers"},
    {"measures", "suggestions"},
    {"study"},
    {"withdrawals"},
    {"files", "exchange", "show", "report"},
    {"running"},
    {"cli"},
    {"__main__"},
]
ALLOWED = {("places", "problems"), ("report", "show")}
FLOOR = {name: number for number, floor in enumerate(FLOORS) for name in floor}


def modules() -> list[Path]:
    return sorted(path for path in LIB.rglob("*.py") if path != LIB / "__init__.py")


def room(path: Path) -> str:
    return path.relative_to(LIB).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The rooms of sixphase that a module imports, anywhere in it."""
    package = ["sixphase", *path.relative_to(LIB).parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[:len(package) - node.level + 1] if node.level else []
            names = [".".join([*base, *(node.module.split(".") if node.module else []), alias.name]) for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("sixphase.") and name.split(".")[1] in FLOOR}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(LIB).as_posix())
def test_imports_point_down(path):
    here = room(path)

    up = {other for other in imports(path) - {here} if FLOOR[other] >= FLOOR[here] and (here, other) not in ALLOWED}

    assert not up, f"{path.name} imports {', '.join(sorted(up))}, which is not below {here}"


def test_every_room_has_its_place_on_a_floor():
    assert {room(path) for path in modules()} == set(FLOOR)


def test_no_floor_is_a_heap():
    assert all(len(floor) <= 12 for floor in FLOORS)


def test_no_module_is_a_box_of_odds_and_ends():
    assert not {"utils", "helpers", "common", "misc"} & {path.stem for path in modules()}


def test_an_arrow_that_runs_back_would_be_seen(tmp_path, monkeypatch):
    (tmp_path / "spans.py").write_text("from . import study\nfrom .files import acts\n", encoding="utf-8")
    monkeypatch.setattr("test_layers.LIB", tmp_path)

    assert imports(tmp_path / "spans.py") == {"study", "files"}


def test_every_test_file_has_a_name_of_its_own():
    # pytest collects all of them in one run, under their bare names
    names = [path.name for path in Path(__file__).parent.rglob("test_*.py")]

    assert sorted(names) == sorted(set(names))
