"""Where things lie: the repository, its notebooks, and the studies somebody may mean by a name."""

import os
import re
from pathlib import Path

from .problems import Problem, StudyError, nearest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("SIXPHASE_COMMAND", "sixphase")  # what the person types, for messages
DATA, NOTEBOOKS, OUTPUTS = ROOT / "data", ROOT / "notebooks", ROOT / "outputs"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def find_study(study: str | Path) -> Path:
    """Find the folder of a study.

    Parameters
    ----------
    study : str or Path
        A folder, or the name of one in data/ or in a folder that SIXPHASE_STUDIES lists.

    Raises
    ------
    StudyError
        No folder of that name or path holds a study.yaml.
    """
    listed = [Path(folder) for folder in os.environ.get("SIXPHASE_STUDIES", "").split(os.pathsep) if folder]
    by_name = [folder / study for folder in [*listed, DATA]] if len(Path(study).parts) == 1 else []
    given = Path(study).expanduser()
    for folder in [*by_name, given, ROOT / given]:
        if (folder / "study.yaml").is_file():
            return folder.resolve()
    names = {path.parent.name for folder in [*listed, DATA] for path in folder.glob("*/study.yaml")}
    raise StudyError([Problem(str(given.absolute()), None, "no study here", "a folder with a study.yaml, or the name of one in data/",
                              do=f"{nearest(str(study), names)}. Or begin one: {COMMAND} new NAME")], "what was asked for")
