"""What a catalogue is told of a deposit: DataCite 4.5 (JSON) for citing it, and DDI-Codebook 2.5 (XML) for finding and judging it."""

import json
from xml.sax.saxutils import escape, quoteattr

from ..problems import count
from ..study import Study
from .crate import LICENCES, abstract

NOT_KNOWN = ":unav"  # DataCite's word for a value that is not known yet
RESTRICTIONS = {"open": "None beyond the licence.", "safeguarded": "Registration, a licence for the user, and the permission of the depositor.", "controlled": "Access under supervision only, by permission."}


def datacite(study: Study, told: dict) -> bytes:
    """`datacite.json`. The archive gives the DOI, so none stands here; `told` is `deposit` of publishing.yaml."""
    licence = study.settings["licence"]
    rights = {"rights": licence} | ({"rightsUri": LICENCES[licence], "rightsIdentifier": licence.replace(" ", "-"), "rightsIdentifierScheme": "SPDX"} if licence in LICENCES else {})
    related = [{"relatedIdentifier": told["publication"], "relatedIdentifierType": "DOI", "relationType": "IsSupplementTo"}] if told.get("publication") else []
    made = {"creators": [{"name": str(name)} for name in told["creators"]], "titles": [{"title": study.settings["title"]}], "publisher": {"name": told.get("archive") or NOT_KNOWN},
            "publicationYear": str(told["date"])[:4], "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Interview transcripts with their analysis"},
            "subjects": [{"subject": str(word)} for word in told.get("keywords") or []], "dates": [{"date": str(told["date"]), "dateType": "Issued"}, *_collected(study)], "language": "en",
            "rightsList": [rights, {"rights": f"Access: {told['access']}. {RESTRICTIONS[told['access']]}"}],
            "descriptions": [{"description": abstract(study, told), "descriptionType": "Abstract"}, {"description": _sampling(study), "descriptionType": "Methods"}],
            "relatedIdentifiers": related, "schemaVersion": "http://datacite.org/schema/kernel-4"}
    return (json.dumps({name: value for name, value in made.items() if value}, indent=1, ensure_ascii=False) + "\n").encode()


def ddi(study: Study, told: dict) -> bytes:
    """`ddi.xml`: title, creators, abstract, keywords, universe, sampling, dates, mode, instrument, restrictions, licence, and the publication if there is one."""
    months = _months(study)
    modes = ", ".join(f"{mode} ({number})" for mode, number in study.sources["mode"].value_counts().sort_index().items())
    parts = [_of("citation", _of("titlStmt", _of("titl", study.settings["title"])), _of("rspStmt", *(_of("AuthEnty", str(name)) for name in told["creators"])),
                 _of("distStmt", *([_of("distrbtr", told["archive"])] if told.get("archive") else []), _of("distDate", str(told["date"]), date=str(told["date"])))),
             _of("stdyInfo", _of("subject", *(_of("keyword", str(word)) for word in told.get("keywords") or [])), _of("abstract", abstract(study, told)),
                 _of("sumDscr", *[_of("collDate", month, date=month, event=event) for month, event in zip(months, ("start", "end"), strict=False)],
                     _of("anlyUnit", "Individual"), _of("universe", _universe(study)), _of("dataKind", "Text: transcripts of interviews, codings, codebook and decisions"))),
             _of("method", _of("dataColl", _of("sampProc", _sampling(study)), _of("collMode", f"Interview: {modes}" if modes else "Interview"),
                               _of("resInstru", f"Topic guide of {count(len(study.settings['guide'] or {}), 'question')}: topic_guide.md"))),
             _of("dataAccs", _of("useStmt", _of("restrctn", f"{told['access']}: {RESTRICTIONS[told['access']]}"), _of("conditions", f"Licence: {study.settings['licence']}")))]
    parts += [_of("othrStdyMat", _of("relPubl", f"https://doi.org/{told['publication']}"))] if told.get("publication") else []
    inside = _of("stdyDscr", *parts)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<codeBook xmlns="ddi:codebook:2_5" version="2.5" xml:lang="en">{inside}</codeBook>\n'.encode()


class Xml(str):
    """Markup that is not escaped again."""


def _of(name: str, *inside: str, **attributes: str) -> Xml:
    """An element with its content; text is escaped."""
    told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return Xml(f"<{name}{told}>{''.join(part if isinstance(part, Xml) else escape(part) for part in inside)}</{name}>")


def _months(study: Study) -> list[str]:
    months = sorted(day[:7] for day in study.sources["date"].dropna())
    return [months[0], months[-1]] if months else []


def _collected(study: Study) -> list[dict]:
    months = _months(study)
    return [{"date": "/".join(months), "dateType": "Collected"}] if months else []


def _universe(study: Study) -> str:
    return str((study.settings["reporting"] or {}).get("case") or "see the abstract")


def _sampling(study: Study) -> str:
    """How people were found, as far as it is recorded, and how many took part; no group is named."""
    recruited = (study.settings["reporting"] or {}).get("recruitment") or {}
    flow = [f"{recruited[what]} {what}" for what in ("approached", "declined", "withdrew") if recruited.get(what) is not None]
    said = [f"{count(study.counts['participants'], 'participant')} gave {count(study.counts['interviews'], 'interview')}", *(["of people: " + ", ".join(flow)] if flow else []),
            *([str(recruited["how"]).rstrip(".")] if recruited.get("how") else [])]
    return f"{study.family.capitalize()} thematic analysis of semi-structured interviews. {'. '.join(said)}."
