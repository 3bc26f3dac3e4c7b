"""Which form a file has: by its ending, and where that says too little, by how it begins."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dragoman.corpus.sources import factiva, lexisnexis
from dragoman.corpus.sources.tables import head_in_utf8
from dragoman.corpus.sources.unpacked import outside, packing
from dragoman.errors import IntakeError
from dragoman.reading.formats import Form, form_of

ENDINGS: Mapping[str, str | None] = {
    ".txt": None,
    ".text": None,
    ".json": None,
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}
"""The endings that are read, under those of packed files; None where the form is found from the beginning."""

ARCHIVE = ".zip"
DOCUMENTS = frozenset(
    ".pdf .doc .docx .rtf .odt .xls .xlsx .ods .epub .mht .mhtml .eml .mbox .tar .tgz .7z .rar .sqlite .db".split()
)
"""The endings of files that may well hold reports, and are not read."""

_SHORT = {Form.PLAIN: "text", Form.HTML: "html", Form.LINES: "jsonl"}
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org')
_LIST = re.compile(r"\s*\[")


def ending_of(path: str) -> str:
    """Return the ending of a file under the one of its packing, in small letters.

    >>> ending_of("zip://news/A.CSV.gz::b.zip"), ending_of("README")
    ('.csv', '')
    """
    archive, member = outside(path)
    name = (member or archive).rpartition("/")[2].lower()
    packed = packing(name)
    stem, dot, ending = (name.removesuffix(packed) if packed else name).rpartition(".")
    return dot + ending if stem else ""


def form_of_file(path: str) -> str:
    """Return the form that a file has; IntakeError where it cannot be opened or has none."""
    ending = ending_of(path)
    form = ENDINGS.get(ending)
    if form is not None:
        return form
    if ending not in ENDINGS and ending:
        found = f"a file that ends in {ending} is not read"
        raise IntakeError(where=path, found=found, remedy=f"give files that end in {', '.join(ENDINGS)}")
    return _form_inside(head_in_utf8(path))


def _form_inside(data: bytes) -> str:
    if factiva.is_export(data):
        return "factiva"
    if lexisnexis.is_export(data):
        return "lexisnexis"
    text = data.decode("utf-8", "replace").lstrip("\ufeff")
    if _FEED.match(text) or _JSON_FEED.search(text[:4000]):
        return "feed"
    found = form_of(text)
    if found in _SHORT:
        return _SHORT[found]
    return "list" if _LIST.match(text) else "json"
