"""Projects of other programs: read, placed into a study, and a study written for them.

`read` looks at what a file is and reads it in a child process; `arriving` works out what it would become here; `leaving` says what
may leave a study, and one module a format writes it.
"""

from pathlib import Path

from ..arrivals import refused
from ..limits import Beside, in_child
from .project import Project, Refused, as_plain, from_plain

READERS = {  # what a file is, and who reads it; in the child process only, where lxml and openpyxl are loaded
    "REFI-QDA project": ("refi", "read_project"), "REFI-QDA codebook": ("refi", "read_codebook"), "QualCoder project": ("qualcoder", "read"),
    "Taguette project": ("taguette", "read_project"), "Taguette highlights": ("taguette", "read_highlights"), "Taguette codebook": ("taguette", "read_codebook"),
    "ATLAS.ti quotations": ("atlasti", "read_quotations"), "ATLAS.ti codes": ("atlasti", "read_codes"),
    "ATLAS.ti co-occurrence": ("atlasti", "refuse_counts"), "MAXQDA coded segments": ("maxqda", "read"),
    "Word file with codes as comments": ("word_comments", "read"),
}


def read(path: Path, *, kind: str = "") -> Project:
    """Read a project of another program, in a child process with a limit of time and memory.

    Parameters
    ----------
    path : Path
    kind : str
        What it is, a key of `READERS`; told apart by its name and first bytes unless it is given.

    Raises
    ------
    StudyError
        It is none that we read, it is damaged, or it could do harm.
    """
    from .kinds import kind_of

    if not path.exists():
        raise refused(path, "there is no such file")
    if path.is_symlink() and path.is_dir():
        raise refused(path, "this is a link to another folder", do="name the folder itself")
    if path.is_file() and not path.stat().st_size:
        raise refused(path, "the file is empty: 0 bytes", do="copy it again; a folder that is synchronised may hold only its name")
    kind = kind or kind_of(path)
    if not kind:
        raise refused(path, "no project of another program that we read", do=f"we read: {', '.join(READERS)}")
    told = in_child(f"{__name__}:read_{READERS[kind][0]}_{READERS[kind][1]}", path)
    if isinstance(told, dict):
        raise refused(path, told["refused"], do=told["do"])
    return from_plain(*told)


def __getattr__(name: str):
    # The child process asks for a function by name: read_<module>_<function>, giving plain values.
    import gc
    import importlib

    for kind, (module, function) in READERS.items():
        if name == f"read_{module}_{function}":
            def answer(path: str) -> Beside | dict:
                gc.disable()  # the child reads one file and ends; looking for circles among its rows would take a fifth of the time
                try:
                    return Beside(*as_plain(getattr(importlib.import_module(f".{module}", __name__), function)(Path(path))))
                except Refused as error:
                    return {"refused": error.what, "do": error.do}
                except Exception as error:  # a hostile or unusual file may raise anything; none of it may reach the person as a traceback
                    return {"refused": f"it is damaged, or not as {kind}s usually are ({type(error).__name__})", "do": "export it again from the program it comes from"}
            return answer
    raise AttributeError(name)
