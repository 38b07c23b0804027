"""What each measure counts, of what, which families it fits, and how it misleads.

Whoever shows a measure shows its statement beside it (`show.measured`). Agreement, code novelty and unseen codes are besides hidden
by some families (`approaches.allowed`). No prevalence has an interval or a test: participants were chosen, not drawn.
"""

from dataclasses import dataclass

from ..problems import nearest
from ..tables import APPROACHES

EVERY, CODEBOOK, RELIABILITY = APPROACHES, APPROACHES[1:], APPROACHES[2:]


@dataclass(frozen=True)
class Statement:
    """What has to be said beside a measure.

    Attributes
    ----------
    counts, of : str
        The unit that is counted, and what it is divided by; "" where nothing is.
    fits : tuple of str
        The families it fits; elsewhere it takes a request with a reason. None for what is disputed everywhere.
    caveat : str
        How it misleads.
    """

    counts: str
    of: str
    fits: tuple[str, ...]
    caveat: str

    def __str__(self) -> str:
        fits = "every approach" if self.fits == EVERY else " and ".join(self.fits)
        counted = f"Counts {self.counts}{f', of {self.of}' if self.of else ''}. " if self.counts else ""
        return f"{counted}{self.caveat} Fits {fits or 'none: disputed'}."


STATEMENTS = {
    "groundedness": Statement("codings of a code", "", EVERY, "It depends on how finely one segments, and is no importance."),
    "prevalence": Statement("participants with a coding of the code, and interviews, apart", "all participants of the study, and all interviews", EVERY,
                            "Absence of a coding is not absence of a view: not everyone was asked. Interviews count somebody interviewed twice twice."),
    "asked-adjusted": Statement("participants heard in a code", "those asked what it mostly answers, or raising it themselves", EVERY,
                                "A question is known by its words: one freely put may be missed."),
    "coverage": Statement("code points of participants inside a coding", "all code points participants said", EVERY, "Long segments inflate it."),
    "density": Statement("codings", "1,000 participant words", EVERY, "Talkative is not rich; a low figure is a reason to read again, not a fault."),
    "order": Statement("interviews by their rank", "the order in which they were coded", EVERY,
                       "1 or -1 says that coding grew denser or thinner all along; with few interviews any figure comes about by chance. It asks for a second look."),
    "evenness": Statement("codings or quotations", "those of all participants together", EVERY, "Even is not better: a rich informant may deserve more."),
    "representation": Statement("a participant’s share of quotations", "their share of participant words", EVERY,
                                "Even is not better: a rich informant may deserve more, and safety may require fewer."),
    "co-occurrence": Statement("places where two codes meet", "places of either (near) or of the rarer (within)", EVERY,
                               "It depends on segmenting and on how one codes; where one code is given over five times as often, near says little."),
    "shared participants": Statement("participants with both codes", "participants with either (near) or with the rarer (within)", EVERY,
                                     "Who speaks of both need not join them: this says nothing about one place in the text."),
    "agreement by code": Statement("code points of what participants said", "all that they said in interviews both coded", RELIABILITY,
                                   "High agreement shows a shared rule, not a true reading. Percent is high for any rare code. Intervals resample interviews."),
    "agreement overall": Statement("turns of participants, or code points where it says so", "those of interviews both coded", RELIABILITY,
                                   "One figure hides the codes that fail: read the table by code first. After talking it over it is no agreement of independent coders."),
    "double coding": Statement("interviews coded by more than one, and by whom", "all interviews of the study", RELIABILITY,
                               "How they were chosen is for the methods to say: at random, and not those at hand. Days tell when codings were given, not whether coders talked."),
    "drift": Statement("turns of participants given just the same codes", "the turns of the interview", RELIABILITY,
                       "Interviews differ in how hard they are to code; a fall late in the dataset asks for a talk about the codes, and is no test."),
    "code novelty": Statement("codes first seen in a run of interviews", "codes of the first interviews, the base", RELIABILITY,
                              "How finely one codes decides it. Codes are those of the codebook as it is now, carried back to all interviews. It never says that enough was heard."),
    "dimensions": Statement("dimensions of a code that a reader named", "", RELIABILITY, "They are what readers wrote down; none is inferred."),
    "unseen codes": Statement("codes in one and in two interviews", "", (), "Borrowed from ecology; it takes interviews for draws at random, and codes for things that lie there."),
    "chance of hearing": Statement("ways to draw participants", "all ways", (), "Participants are chosen, not drawn, and a theme is not there before it is developed: disputed, and for planning only."),
    "left out": Statement("extracts, participants, interviews and codes of a theme without somebody", "the theme’s own", EVERY,
                          "Questions, never a statistic: the coding and the interpretation are held as they are."),
    "card sort": Statement("extracts sorted blind to definitions", "extracts of the theme on the sheet", EVERY,
                           "It tries how clear the definitions are, not whether the themes are right; there is no figure for the whole."),
    "information power": Statement("", "", APPROACHES[:2], "Five judgements with their history; they are not added up."),
}


def statement(measure: str) -> Statement:
    """What has to be said beside a measure.

    Raises
    ------
    ValueError
        There is no such measure.
    """
    if measure not in STATEMENTS:
        raise ValueError(f"no measure “{measure}”; {nearest(measure, STATEMENTS)}")
    return STATEMENTS[measure]
