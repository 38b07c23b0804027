"""The manuscript as a reader goes through it: paragraph by paragraph, each under its headings; and which words of it are the author's own."""

import re
from dataclasses import dataclass

REFERRED = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:quote|table|figure):[^)\s]*\)")
SAID = re.compile(r"“[^”]*”|\"[^\"\n]*\"|^>.*$", re.M)  # what stands in quotation marks, or apart as a quotation
QUOTE = r"\[(?P<edited>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(quote:(?P<coding>[^)\s]+)\)"
SENTENCE = re.compile(r"[^.!?]+[.!?]?[”’)\]]*")
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*|\{[^}]*\}")


@dataclass(frozen=True)
class Passage:
    """A paragraph: its first `line`, its `headings` from the top down, its `number` below the last of them from 1, and its `text`."""

    line: int
    headings: tuple[str, ...]
    number: int
    text: str

    @property
    def place(self) -> str:
        """Where it stands: “Methods, Interviews, paragraph 1 (line 46)”."""
        return f"{', '.join(self.headings[-2:]) or 'before the first heading'}, paragraph {self.number} (line {self.line})"


def passages(manuscript: str) -> list[Passage]:
    """The paragraphs of a manuscript, in order; the title, which is its first heading, stands above none of them."""
    found: list[Passage] = []
    headings: list[tuple[int, str]] = []
    number = 0
    for block in re.finditer(r"(?:^(?!\s*$).+\n?)+", manuscript, re.M):
        line, text = manuscript.count("\n", 0, block.start()) + 1, block[0].strip()
        heading = re.match(r"(#+) +(.+)", text)
        if heading:
            level = len(heading[1])
            headings = [(other, name) for other, name in headings if other < level] + [(level, heading[2].strip())]
            number, text, line = 0, text[heading.end():].strip(), line + 1
        if text:
            number += 1
            found.append(Passage(line, tuple(name for level, name in headings if level > 1), number, text))
    return found


def where(manuscript: str, words: str) -> Passage | None:
    """The first passage that holds these words, whatever the white space between them; None where they stand nowhere."""
    sought = " ".join(words.split())
    return next((passage for passage in passages(manuscript) if sought in " ".join(passage.text.split())), None) if sought else None


def claim(manuscript: str, line: int) -> str:
    """The author's last sentence before a quotation on this line: what the quotation is to show."""
    lines = manuscript.split("\n")
    here = re.split(QUOTE, lines[line - 1])[0].strip()
    before = [here] if here else [text.strip() for text in lines[:line - 1] if text.strip() and not text.lstrip().startswith(("#", "["))]
    sentences = SENTENCE.findall(before[-1]) if before else []
    return sentences[-1].strip() if sentences else ""


def own_words(text: str) -> str:
    """The text with all that is not the author's speech made blank, every character in its place: quotations, tables, figures, and words in quotation marks."""
    for pattern in (REFERRED, SAID):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def words(text: str) -> int:
    """Count the words an author wrote: quotations, tables and figures are left out, words in quotation marks are not."""
    return len(WORD.findall(REFERRED.sub("", text)))
