"""The theme board for eyes that have no kernel: a table of themes, their subthemes and codes, and of what fits none."""

import pandas as pd
from markupsafe import escape

from ..problems import count
from ..themes import theme_codes
from .results import Page

LEFT = ' style="text-align:left;vertical-align:top"'


def still(themes: pd.DataFrame, codes: pd.DataFrame, codings: pd.DataFrame) -> Page:
    """The board as a table: a row a theme, with its concept, its own codes and those of its subthemes; the pile, and what was let go, at the end.

    Parameters
    ----------
    themes : DataFrame
        `tables.THEMES`.
    codes : DataFrame
        `tables.CODES`.
    codings : DataFrame
        `Study.codings`, to say how often each code was given.
    """
    names, times = codes.set_index("code_id")["name"].to_dict(), codings["code_id"].value_counts().to_dict()
    stands = themes[themes["status"] != "let go"]
    rows = [_row(theme, stands[stands["parent"] == theme["theme_id"]], names, times) for theme in stands[stands["parent"].isna()].to_dict("records")]
    active = set(codes.loc[~codes["status"].isin(["merged", "retired"]), "code_id"]) - set(theme_codes(themes)["code_id"])
    pile = sorted(active, key=lambda code: (-times.get(code, 0), code))
    rows.append(f"<tr><td{LEFT}><em>In no theme</em></td><td{LEFT}>{_cards(pile, names, times)}</td><td{LEFT}></td></tr>")
    gone = themes[themes["status"] == "let go"].to_dict("records")
    rows += [f"<tr><td{LEFT}><s>{escape(theme['name'])}</s> (let go)</td><td{LEFT} colspan=\"2\">{_said(theme['because'])}</td></tr>" for theme in gone]
    caption = f"The theme board: {count(int(stands['parent'].isna().sum()), 'theme')}, {count(len(pile), 'code')} in none. The number after a code is how often it was given."
    head = "".join(f'<th scope="col" style="text-align:left">{word}</th>' for word in ("theme", "codes", "subthemes"))
    return Page(f'<table class="sixphase"><caption style="text-align:left;caption-side:top">{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n'
                + "\n".join(rows) + "\n</tbody></table>", caption)


def _row(theme: dict, below: pd.DataFrame, names: dict, times: dict) -> str:
    subthemes = "".join(f"<div><strong>{escape(sub['name'])}</strong>{_cards(sub['codes'], names, times)}</div>" for sub in below.to_dict("records"))
    return (f"<tr><td{LEFT}><strong>{escape(theme['name'])}</strong> ({escape(theme['status'])})<br>{_said(theme['concept'])}</td>"
            f"<td{LEFT}>{_cards(theme['codes'], names, times)}</td><td{LEFT}>{subthemes}</td></tr>")


def _cards(codes: object, names: dict, times: dict) -> str:
    listed = codes if isinstance(codes, list) else []
    return "<ul>" + "".join(f"<li>{escape(names.get(code, code))} ({times.get(code, 0)})</li>" for code in listed) + "</ul>" if listed else ""


def _said(words: object) -> str:
    return str(escape(words)) if pd.notna(words) else ""
