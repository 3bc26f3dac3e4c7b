"""Bytes to clean text: which encoding, which characters stay, where the paragraphs end."""

from __future__ import annotations

import re
import unicodedata

from dragoman.errors import IntakeError

Blocks = list[list[str]]
"""Blocks of lines, as blank lines part them in the source."""

_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?"
    rb"(iso-?8859-\d{1,2}|windows-125\d|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr))\b",
    re.IGNORECASE,
)
_SAVE = "save it as UTF-8 text"

# C1 controls are what is left of Windows-1252 quotes and dashes that somebody took for Latin-1.
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_LINE_ENDS = re.compile("\r\n?|[\v\f\u2028]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# what is one plain space already is passed over: to put it in its own place took half of the time of taking a report in
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_EDGES = re.compile(r" \n ?|\n ")
_GAPS = re.compile(r"\n{3,}")
_WRAPPED_HYPHEN = re.compile(r"(?<=\w-)\n(?=\w)")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


def decode(data: bytes, where: str) -> str:
    """Return the text: a byte order mark decides, then UTF-8, then a stated charset, then Windows-1252.

    Raises IntakeError where the bytes are no text.
    """
    mark = next((pair for pair in _MARKS if data.startswith(pair[0])), None)
    kind = None if mark else binary_kind(data)
    if kind:
        raise not_text(where, kind)
    text = _decode_marked(data, mark, where) if mark else _decode_unmarked(data, where)
    if looks_binary(text):
        raise not_text(where, "binary")
    return text


def binary_kind(data: bytes) -> str | None:
    """Return what the bytes are if their beginning or a NUL shows that they are no text.

    >>> binary_kind(b"%PDF-1.7"), binary_kind(b"Gondor")
    ('a PDF file', None)
    """
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    return kind or ("binary (or UTF-16 without a byte order mark)" if b"\0" in data else None)


def not_text(where: str, kind: str) -> IntakeError:
    """Return the error for bytes of that kind."""
    remedy = "give a report as text, HTML or JSON, saved as UTF-8"
    return IntakeError(where=where, found=f"this is {kind}, not text", remedy=remedy)


def looks_binary(text: str) -> bool:
    """Return whether more than one character in fifty (and more than four) is a control character.

    >>> looks_binary("Gondor signed.")
    False
    """
    return len(_CONTROLS.findall(text)) > max(4, len(text) // 50)


def _decode_marked(data: bytes, mark: tuple[bytes, str], where: str) -> str:
    start, codec = mark
    try:
        return data[len(start) :].decode(codec)
    except UnicodeDecodeError as mistake:
        found = f"the file says that it is {codec.upper()}, but byte {mistake.start + len(start)} is not"
        raise IntakeError(where=where, found=found, remedy=_SAVE) from mistake


def _decode_unmarked(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as mistake:
        place = mistake.start
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if len(mended) - len(mended.encode("ascii", "ignore")) > 2 * broken:
        raise IntakeError(where=where, found=f"byte {place} is not UTF-8, though the rest of the text is", remedy=_SAVE)
    return _decode_legacy(data, where)


def _decode_legacy(data: bytes, where: str) -> str:
    """Return the text in the charset that the page states, else in Windows-1252 if that gives English."""
    declared = _DECLARED.search(data[:4096])
    codec = declared.group(1).decode().lower() if declared else "cp1252"
    codecs = ("cp1252", "latin-1") if codec in {"iso-8859-1", "iso8859-1"} else (codec, "latin-1")
    for name in codecs:
        try:
            text = data.decode(name)
            break
        except (UnicodeDecodeError, LookupError):
            continue
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if foreign * 4 > len(text) and (declared is None or name == "latin-1"):
        found = "the encoding is not UTF-8, UTF-16 or Windows-1252"
        raise IntakeError(where=where, found=found, remedy=_SAVE)
    return text


def normalise(text: str) -> str:
    """Return the text with plain spaces and line ends, without invisible marks, its letters composed.

    Quotes and dashes stay as they are. Doing it twice changes nothing.

    >>> normalise("Gondor\\u00a0 and\\u200b  Mordor \\r\\n\\r\\n\\r\\nmet.")
    'Gondor and Mordor\\n\\nmet.'
    """
    text = _LINE_ENDS.sub("\n", text.translate(_C1)).replace("\u2029", "\n\n")
    text = _SPACES.sub(" ", _DROPPED.sub("", text))
    text = _GAPS.sub("\n\n", _EDGES.sub("\n", text))
    return unicodedata.normalize("NFC", text.strip())


def is_dropped(letter: str) -> bool:
    """Return whether a letter is one of the invisible marks that reports are read without."""
    return _DROPPED.match(letter.translate(_C1)) is not None


def blocks_of(text: str) -> Blocks:
    """Return the lines of normalised text, parted where it has blank lines.

    >>> blocks_of("Talks end\\n\\nGondor left\\nthe talks.")
    [['Talks end'], ['Gondor left', 'the talks.']]
    """
    return [block.split("\n") for block in text.split("\n\n") if block]


def join(lines: list[str]) -> str:
    """Return hard-wrapped lines as one paragraph; a hyphen at a line's end stays.

    >>> join(["Gondor asked for a cease-", "fire on", "Monday."])
    'Gondor asked for a cease-fire on Monday.'
    """
    text = "\n".join(lines)
    return (_WRAPPED_HYPHEN.sub("", text) if "-\n" in text else text).replace("\n", " ")


def paragraphs_of(blocks: Blocks) -> list[str]:
    """Return the paragraphs: one a block, or one a line where the lines of a single block look like them."""
    if len(blocks) == 1 and _lines_are_paragraphs(blocks[0]):
        return list(blocks[0])
    return [join(lines) for lines in blocks]


def ends_sentence(text: str) -> bool:
    """Return whether the text ends as a sentence does.

    >>> ends_sentence("He left.”"), ends_sentence("He left")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text))


def _lines_are_paragraphs(lines: list[str]) -> bool:
    if len(lines) < 2:
        return False
    ends = sum(ends_sentence(line) for line in lines)
    return sum(map(len, lines)) > 100 * len(lines) or ends * 5 >= len(lines) * 3
