"""Definition cards to read: everything that stands on the form, for a run, a web page, and eyes without a kernel."""

from markupsafe import escape

from ..problems import count
from .results import Page
from .reviewing import TRANSCRIPTS

BEFORE = (("concept", "Central organising concept"), ("is", "What belongs to it"), ("is_not", "What does not"))
AFTER = (("tensions", "Tensions and contradictions"), ("contribution", "What it says to the question"))


def cards_page(cards: list[dict], caption: str) -> Page:
    """The cards of all themes.

    Parameters
    ----------
    cards : list of dict
        As the definition cards' form makes them, one a theme.
    """
    none = "<p>No theme stands yet. Develop some on the board of notebook 3.</p>"
    return Page("\n".join([f"<p>{escape(caption)}</p>", *(map(_card, cards) if cards else [none])]), caption)


def _card(card: dict) -> str:
    parts = [*(_part(card, *part) for part in BEFORE), *(_subtheme(sub) for sub in card["subthemes"])]
    parts += [_part(card, "subthemes_because", "Why these subthemes")] if card["subthemes"] else []
    parts += [f"<dt>Codes of its own</dt><dd>{escape(', '.join(card['codes'])) or 'none'}</dd>", *(_part(card, *part) for part in AFTER)]
    return (f'<section class="card"><h3>{escape(card["name"])}</h3>\n<p class="where">{escape(card["status"])}</p>{_checked(card["check"])}\n{_lacking(card)}\n<dl>{"".join(parts)}</dl>\n'
            f"{_names(card['names'])}{_shortlist(card)}{_against(card)}{_history(card['history'])}</section>")


def _part(card: dict, part: str, label: str) -> str:
    return f"<dt>{label}</dt><dd style=\"white-space:pre-line\">{escape(card['parts'][part])}</dd>" if card["parts"][part] else ""


def _subtheme(sub: dict) -> str:
    why = f" <em>Made because: {escape(sub['made_because'])}</em>" if sub["made_because"] else ""
    return f"<dt>Subtheme: {escape(sub['name'])}</dt><dd>{escape(sub['concept'])}{_checked(sub['check'])} <em>Codes: {escape(', '.join(sub['codes'])) or 'none'}.</em>{why}</dd>"


def _checked(check: dict) -> str:
    return f"<p><strong>The name:</strong> {escape(check['look_at'])} {escape(check['do'])}</p>" if check["look_at"] else ""


def _lacking(card: dict) -> str:
    if not card["gaps"]:
        return "<p>Nothing is missing from this card.</p>"
    names = {card["theme_id"]: "", **{sub["theme_id"]: f"{sub['name']}: " for sub in card["subthemes"]}}
    items = "".join(f"<li>{escape(names[gap['theme_id']])}{escape(gap['look_at'])} <em>{escape(gap['do'])}</em></li>" for gap in card["gaps"])
    return f"<p>What this card still lacks, and how to fill it:</p><ul>{items}</ul>"


def _names(names: list[dict]) -> str:
    if not names:
        return ""
    rows = "".join(f'<tr><td style="text-align:left">{escape(given["name"])}</td><td>{escape(given["on"])}</td><td>{escape(given["by"])}</td>'
                   f'<td style="text-align:left">{escape(given["because"])}</td></tr>' for given in names)
    head = "".join(f'<th scope="col" style="text-align:left">{word}</th>' for word in ("name", "given on", "by", "because"))
    return f'<table><caption style="text-align:left;caption-side:top">Its names, the oldest first.</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>\n'


def _shortlist(card: dict) -> str:
    if not card["shortlist"]:
        return ""
    items = "".join(f"<li><blockquote>{escape(one['words'])}<span class=\"where\">{_place(one)}{'' if one['may_be_quoted'] else ' – may not be quoted'}</span></blockquote>"
                    f"<p>{escape(one['because'] or 'no reason given yet')}</p></li>" for one in card["shortlist"])
    return f"<h4>Its shortlist</h4><p>{escape(balance_told(card['balance']))}</p><ol>{items}</ol>\n"


def _place(one: dict) -> str:
    where = f"{one['source_id']}, line {one['line']}"
    return f'<a href="{TRANSCRIPTS}/{escape(one["source_id"])}.html#line-{escape(one["line"])}">{escape(where)}</a>' if one["source_id"] else "its coding does not stand any more"


def balance_told(balance: dict) -> str:
    """On whom a shortlist rests, in sentences."""
    if not balance:
        return ""
    groups = balance["of_groups"] > 1
    much = f" More than a quarter of it is from {', '.join(balance['much'])}: whose theme is it?" if balance["much"] else ""
    on = f" and {balance['groups']} of {balance['of_groups']} groups" if groups else ""
    whole = f" of {count(balance['groups_heard'], 'group')}" if groups else ""
    return f"{count(balance['extracts'], 'extract')} from {balance['participants']} of {count(balance['of_all'], 'participant')}{on}; heard in the theme: {count(balance['heard'], 'participant')}{whole}.{much}"


def _against(card: dict) -> str:
    said = card["parts"]["counter_evidence"]
    items = "".join(f"<li>{escape(one['on'])}, {escape(one['by'])}: {escape(one['found'])}. {escape(one['claim'])} How: {escape(one['how'])}. What stands there: {escape(one['what'])} "
                    f"What it changed: {escape(one['changed'])}{' (' + str(escape('; '.join(one['contrary']))) + ')' if one['contrary'] else ''}</li>" for one in card["searches"])
    told = f"<p style=\"white-space:pre-line\">{escape(said)}</p>" if said else ""
    return f"<h4>Looked for against it</h4>{told}<ul>{items or '<li>No search is recorded.</li>'}</ul>\n"


def _history(history: list[dict]) -> str:
    items = "".join(f"<li>{escape(entry['on'])}, {escape(entry['by'])}: {escape(entry['what'])}{' – ' + str(escape(entry['because'])) if entry['because'] else ''}</li>" for entry in history)
    return f"<details><summary>What happened to it</summary><ul>{items}</ul></details>" if items else ""
