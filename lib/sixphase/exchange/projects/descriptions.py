"""The columns of a code or theme in the one description that other programs have, readable there and told apart again here."""

LABELS = {"use_when": "Use when: ", "not_when": "Not when: ", "near_miss": "Near miss: ", "example": "Example: ", "concept": "Concept: ", "is": "Belongs to it: ", "is_not": "Does not: ",
          "status": "Status: ", "parent": "Subtheme of: ", "code_id": "Id: ", "theme_id": "Theme: "}


def described(definition: str, columns: dict[str, str]) -> str:
    """A definition and further columns, each on a line of its own after a label."""
    lines = [" ".join(definition.split())] if definition else []
    return "\n".join(lines + [f"{LABELS[name]}{' '.join(value.split())}" for name, value in columns.items() if value])


def told_apart(description: str) -> dict[str, str]:
    """What `described` put together, by column; lines without a label are the definition."""
    found: dict[str, str] = {}
    for line in description.split("\n"):
        name = next((name for name, label in LABELS.items() if line.startswith(label) and name not in found), None)
        if name:
            found[name] = line.removeprefix(LABELS[name]).strip()
        else:
            found["definition"] = "\n".join(filter(None, [found.get("definition", ""), line]))
    return found
