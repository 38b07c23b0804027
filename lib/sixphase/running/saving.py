"""What JupyterLab writes when a person saves a notebook: the canonical form, and no results of a study of real people.

A notebook may hold participants' words in its outputs. Only outputs of a study labelled synthetic are kept in the file;
all others stay on the screen and are made again by a run, into `outputs/`, which never enters git.
"""

import ast
import re
from pathlib import Path

from ..places import find_study
from ..problems import StudyError
from .canonical import canonical, parameters, without_outputs

SYNTHETIC = re.compile(r"^synthetic:\s*(yes|true)\b", re.M | re.I)


def before_saving(model: dict, **_) -> None:
    """Jupyter's hook: bring a notebook that is about to be saved into the form in which we keep it."""
    if model.get("type") == "notebook" and isinstance(model.get("content"), dict) and model["content"].get("nbformat") == 4:
        model["content"] = to_keep(model["content"])


def to_keep(notebook: dict) -> dict:
    """A notebook in canonical form, without results unless its study says that it is synthetic."""
    told = canonical(notebook)
    return told if _is_synthetic(told) else without_outputs(told)


def says_synthetic(folder: Path) -> bool:
    """Whether the study.yaml of a folder says that no transcript is of a real person."""
    return bool(SYNTHETIC.search((folder / "study.yaml").read_text(encoding="utf-8")))


def _is_synthetic(notebook: dict) -> bool:
    try:
        return says_synthetic(find_study(ast.literal_eval((parameters(notebook) or {}).get("study", "''"))))
    except (StudyError, ValueError, TypeError, SyntaxError, OSError):
        return False
