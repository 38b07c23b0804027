"""RO-Crate metadata of a deposit (RO-Crate 1.1): what it is, who made it, who may use it, and each file with its size and SHA-256."""

import hashlib
import json

from .. import __version__
from ..show.results import SYNTHETIC
from ..study import Study

ACCESS = ("open", "safeguarded", "controlled")
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
KINDS = {"csv": "text/csv", "md": "text/markdown", "txt": "text/plain", "pdf": "application/pdf", "qdpx": "application/zip", "qdc": "application/xml",
         "json": "application/json", "xml": "application/xml", "odt": "application/vnd.oasis.opendocument.text",
         "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/", "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
            "CC BY-NC 4.0": "https://creativecommons.org/licenses/by-nc/4.0/", "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/"}


def metadata(study: Study, told: dict, files: dict[str, bytes]) -> bytes:
    """`ro-crate-metadata.json`.

    Parameters
    ----------
    study : Study
    told : dict
        `deposit` of publishing.yaml: `creators`, `date`, `access`; `abstract`, `keywords` if they are given.
    files : dict
        The other files of the deposit, by name.
    """
    licence = study.settings["licence"]
    licence_id = LICENCES.get(licence, "LICENCE.txt")
    creators = [{"@id": f"#creator-{number}", "@type": "Person", "name": str(name)} for number, name in enumerate(told["creators"], start=1)]
    description = abstract(study, told)
    by = [{"@id": creator["@id"]} for creator in creators]
    by = by[0] if len(by) == 1 else by  # as the specification recommends
    archive = [{"@id": "#archive", "@type": "Organization", "name": told["archive"]}] if told.get("archive") else []
    months = sorted(day[:7] for day in study.sources["date"].dropna())
    root = {"@id": "./", "@type": "Dataset", "name": study.settings["title"], "description": description,
            "datePublished": str(told["date"]), "license": {"@id": licence_id}, "creator": by, "author": by, "publisher": {"@id": "#archive"} if archive else None,
            "conditionsOfAccess": told["access"], "keywords": ", ".join(map(str, told.get("keywords") or [])), "measurementTechnique": f"semi-structured interviews; {study.family} thematic analysis",
            "temporalCoverage": f"{months[0]}/{months[-1]}" if months else "", "hasPart": [{"@id": name} for name in files]}
    entities = [{"@id": name, "@type": "File", "name": name, "encodingFormat": KINDS.get(name.rsplit(".", 1)[-1], "application/octet-stream"), "contentSize": str(len(content)),
                 "sha256": hashlib.sha256(content).hexdigest()} for name, content in files.items()]
    described = [] if licence_id in files else [{"@id": licence_id, "@type": "CreativeWork", "name": licence, "description": f"The licence of the data: {licence}"}]
    software = {"@id": "#sixphase", "@type": "SoftwareApplication", "name": "sixphase", "softwareVersion": __version__}
    about = {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "conformsTo": {"@id": SPECIFICATION}, "about": {"@id": "./"}}
    graph = [about, {name: value for name, value in root.items() if value}, *creators, *archive, *described, software, *entities]
    return (json.dumps({"@context": f"{SPECIFICATION}/context", "@graph": graph}, indent=1, ensure_ascii=False) + "\n").encode()


def abstract(study: Study, told: dict) -> str:
    """What the deposit holds, in the words of publishing.yaml or else the research questions; a synthetic study says so first."""
    words = str(told.get("abstract") or " ".join(study.settings["questions"]))
    return f"{SYNTHETIC}. {words}" if study.settings["synthetic"] and SYNTHETIC not in words else words
