"""What an author answers to a prompt: manuscript/answers.yaml, by prompt, with the words it is about and a reason.

    quantity words:
      - {words: Some leaders named their own hand, because: the sentence is about how few they were to one another}

An answer fits a prompt that holds its `words`; without `words` it fits all of its kind. It does not take the prompt away: both are shown.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd
from ruamel.yaml import YAML

from ...problems import Problem, StudyError, nearest
from ...study import Study

FILE = "manuscript/answers.yaml"


@cache
def _told() -> dict[str, dict]:
    return YAML(typ="safe", pure=True).load((Path(__file__).parent / "prompts.yaml").read_text(encoding="utf-8"))


PROMPTS = tuple(_told())


def told(prompt: str) -> dict:
    """What prompts.yaml says of a prompt: `why`, `instead`, `strictness` by family and, for words to look for, `pattern`."""
    return _told()[prompt]


def strictness(study: Study, prompt: str) -> str:
    """How strictly the study's family asks: high, medium or low; "" where it does not ask at all."""
    return told(prompt).get("strictness", {}).get(study.family, "")


def answered(study: Study, prompts: pd.DataFrame, *, of: Iterable[str] = ()) -> pd.DataFrame:
    """Lay the author's answers beside the prompts.

    Parameters
    ----------
    study : Study
    prompts : DataFrame
        `prompt`: its name; `words`: what it is about.
    of : iterable of str
        The kinds of prompt that all of `prompts` are: an answer to one of them that fits no row has a row of its own at the end, so that it is taken away.

    Returns
    -------
    DataFrame
        The same rows; `because`: the reason an author gave, "" where there is none.

    Raises
    ------
    StudyError
        An answer to no prompt there is, or without a reason.
    """
    answers = study.beside.get("answers") or {}
    _refuse_wrong(answers)
    prompts = pd.concat([prompts, _unmet(answers, prompts, of)], ignore_index=True)
    reasons = [next((str(answer["because"]) for answer in answers.get(row.prompt) or [] if _plain(answer.get("words", "")) in _plain(row.words)), "")
               for row in prompts.itertuples()]
    return prompts.assign(because=pd.Series(reasons, index=prompts.index, dtype="str"))


def _unmet(answers: dict, prompts: pd.DataFrame, of: Iterable[str]) -> pd.DataFrame:
    rows = []
    for prompt in of:
        about = [_plain(words) for words in prompts.loc[prompts["prompt"] == prompt, "words"]]
        for number, answer in enumerate(answers.get(prompt) or []):
            words = _plain(answer.get("words", ""))
            if not any(words in other for other in about):
                line = answers[prompt].lc.item(number)[0] + 1 if hasattr(answers[prompt], "lc") else None
                rows.append({"where": f"{FILE}, line {line}", "words": words, "prompt": prompt, "why": "this answer fits nothing now", "instead": "take it out, or give the words it is about"})
    return pd.DataFrame(rows, columns=[name for name in ("where", "words", "prompt", "strictness", "why", "instead") if name in prompts], dtype="str").fillna("")


def _refuse_wrong(answers: dict) -> None:
    problems = []
    for prompt, listed in answers.items():
        line = answers.lc.key(prompt)[0] + 1 if hasattr(answers, "lc") else None
        if prompt not in PROMPTS:
            problems.append(Problem(FILE, line, f"no prompt is called “{prompt}”", do=nearest(str(prompt), PROMPTS)))
        elif not isinstance(listed, list) or not all(isinstance(answer, dict) and str(answer.get("because") or "").strip() for answer in listed):
            problems.append(Problem(FILE, line, f"an answer to “{prompt}” has no reason", "- {words: what it is about, because: why it stays as it is}"))
    if problems:
        raise StudyError(problems, "the answers to prompts")


def _plain(value: object) -> str:
    return " ".join(str(value or "").split())
