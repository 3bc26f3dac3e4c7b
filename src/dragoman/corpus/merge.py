"""One file of each format from those of the shards, in their order: streamed, and written whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from typing import Any, BinaryIO

import msgspec

from dragoman.corpus.hashed import seen
from dragoman.corpus.manifest import MANIFEST, Manifest, read_manifest, write_json
from dragoman.corpus.places import joined, opened, written
from dragoman.corpus.types import Written
from dragoman.errors import CorpusError
from dragoman.export.formats.table import Format, format_of

_PIECE = 1 << 20
Paths = Sequence[str]


def merge(out: str) -> Manifest:
    """Write one file of each format that can be put together, and return the manifest with them.

    Raise CorpusError where the run is not finished.
    """
    manifest = read_manifest(out)
    if manifest is None:
        raise CorpusError(where=out, found=f"there is no {MANIFEST}", remedy="finish the run first (--resume)")
    merged = tuple(_merged(out, manifest, form) for form in mergeable(manifest.formats))
    manifest = msgspec.structs.replace(manifest, merged=merged)
    write_json(out, MANIFEST, manifest)
    return manifest


def mergeable(formats: Iterable[str]) -> list[Format]:
    """Return the formats whose files can be put together."""
    return [form for form in map(format_of, formats) if form.joined is not None]


def _merged(out: str, manifest: Manifest, form: Format) -> Written:
    paths = [joined(out, each.name) for each in manifest.files if each.name.startswith(f"{form.name}/")]
    name = f"{form.name}{form.ending}".replace(f"{form.name}.{form.name}.", f"{form.name}.")
    with written(joined(out, name)) as file:
        _WAYS[form.joined or "lines"](paths, file)
    return seen(out, name)


def _lines(paths: Paths, file: BinaryIO) -> None:
    for path in paths:
        with opened(path) as part:
            shutil.copyfileobj(part, file, _PIECE)


def _table(paths: Paths, file: BinaryIO) -> None:
    """Write tables one after the other, the first line (the names of the columns) once."""
    head: bytes | None = None
    for path in paths:
        with opened(path) as part:
            first = part.readline()
            if head is None:
                head = first
                file.write(head)
            elif first != head:
                raise CorpusError(where=path, found="it has other columns", remedy="code the corpus again")
            shutil.copyfileobj(part, file, _PIECE)


def _parquet(paths: Paths, file: BinaryIO) -> None:
    """Write tables as one, row group by row group."""
    from pyarrow import parquet

    writer: Any = None
    for path in paths:
        with opened(path) as part:
            table = parquet.ParquetFile(part)
            writer = writer or parquet.ParquetWriter(file, table.schema_arrow, compression="zstd")
            for number in range(table.num_row_groups):
                writer.write_table(table.read_row_group(number))
    if writer is not None:
        writer.close()


_WAYS: dict[str, Callable[[Paths, BinaryIO], None]] = {"lines": _lines, "table": _table, "parquet": _parquet}
