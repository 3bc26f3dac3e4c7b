"""What MkDocs does for the manual beside its own: pages from outside ``docs``, and links that lead out of it.

README, CHANGELOG and CONTRIBUTING become pages; the tutorial's notebook becomes a page with its pictures; a file of the repository
that a page links to becomes a page that shows it; a folder that a page links to becomes a list of its files. So a link that works
in the repository works on the site.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from nbconvert import MarkdownExporter

ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = {"README.md": "overview.md", "CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
NOTEBOOKS = {"docs/tutorial.ipynb": "tutorial.md"}
SHOWN = "repository"  # the folder of the site with files of the repository
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)[^\n]*\n.*?^ {0,3}\1[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"(?P<head>\]\()(?P<to>[^()\s#]+)(?P<tail>#[^()\s]*)?(?P<end>(?:\s+\"[^\"]*\")?\))")
_NAMED = re.compile(r"(?<!\]\()(?<![\w/.\[-])docs/[\w/.-]+?\.md\b(?!\])")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:")
_SECTION = re.compile(
    r'(?P<head><nav class="md-nav" data-md-level="\d+" )aria-labelledby="[^"]*"(?P<tail>[^>]*>\s*<label class="md-nav__title"[^>]*>'
    r"\s*<span[^>]*></span>(?P<title>[^<]*)</label>)"
)
_LANGUAGES = {".py": "python", ".toml": "toml", ".json": "json", ".jsonl": "json", ".yml": "yaml", ".md": "markdown"}
_LONGEST = 200_000  # bytes of a file that is shown


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages from outside ``docs``, and those of what pages link to."""
    texts = {source: (ROOT / source).read_text(encoding="utf-8") for source in OUTSIDE}
    for source, page in OUTSIDE.items():
        files.append(File.generated(config, page, content=texts[source]))
    for source, page in NOTEBOOKS.items():
        _remove(files, source.removeprefix("docs/"))
        for made in _notebook(ROOT / source, page, config):
            files.append(made)
    texts |= {f"docs/{file.src_uri}": file.content_string for file in files.documentation_pages() if _in_docs(file)}
    wanted = {target for source, text in texts.items() for target in _targets(source, text) if not _page_of(target)}
    for target in sorted(wanted):
        files.append(File.generated(config, _shown(target), content=_showing(target)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return a page's text with its links as the site needs them."""
    del config, files
    source = _source_of(page.file.src_uri)
    if source is None:
        return markdown
    here = posixpath.dirname(page.file.src_uri)

    def led(found: re.Match[str]) -> str:
        target = _target(source, found["to"])
        if target is None:
            return found[0]
        to = posixpath.relpath(_page_of(target) or _shown(target), here or ".")
        return f"{found['head']}{to}{found['tail'] or ''}{found['end']}"

    def named(found: re.Match[str]) -> str:
        target = _page_of(found[0])
        if target is None or not (ROOT / found[0]).exists():
            return found[0]
        return f"[{found[0].removeprefix('docs/')}]({posixpath.relpath(target, here or '.')})"

    return _outside_code(markdown, lambda text: _LINK.sub(led, _NAMED.sub(named, text)))


def _in_docs(file: File) -> bool:
    return file.abs_src_path is not None and Path(file.abs_src_path).is_relative_to(ROOT / "docs")


def _source_of(page: str) -> str | None:
    """Return the file of the repository that a page is made of; None for one that is made by us."""
    made: Mapping[str, str] = {page: source for source, page in (OUTSIDE | NOTEBOOKS).items()}
    if page.startswith(f"{SHOWN}/"):
        return None
    return made.get(page, f"docs/{page}")


def _targets(source: str, text: str) -> Iterator[str]:
    """Yield the files and folders of the repository that a text links to."""
    found: list[str] = []

    def note(part: str) -> str:
        found.extend(link["to"] for link in _LINK.finditer(part))
        return part

    _outside_code(text, note)
    for link in found:
        target = _target(source, link)
        if target is not None:
            yield target


def _target(source: str, link: str) -> str | None:
    """Return what a link of a file leads to in the repository; None where it leads elsewhere or nowhere: MkDocs complains of that."""
    if _SCHEME.match(link) or link.startswith(("/", "#")):
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), link))
    return target if not target.startswith("..") and (ROOT / target).exists() else None


def _page_of(target: str) -> str | None:
    """Return the page or file of the site that a file of the repository has without our doing; None where it has none."""
    if target in OUTSIDE | NOTEBOOKS:
        return (OUTSIDE | NOTEBOOKS)[target]
    if target.startswith("docs/") and (ROOT / target).is_file():
        return target.removeprefix("docs/")
    if target.startswith("docs/") and (ROOT / target / "README.md").exists():
        return f"{target.removeprefix('docs/')}/README.md"
    return None


def _shown(target: str) -> str:
    """Return the page that shows a file or folder; its name must not be one that MkDocs takes for the first of a folder."""
    return f"{SHOWN}/{target.replace('/', '.')}.md"


def _showing(target: str) -> str:
    path = ROOT / target
    head = f"---\nsearch:\n  exclude: true\n---\n\n# {target}\n\n"
    if path.is_dir():
        names = sorted(each.name + "/" * each.is_dir() for each in path.iterdir() if not each.name.startswith("."))
        return head + "A folder of the repository:\n\n" + "\n".join(f"- `{name}`" for name in names) + "\n"
    text = path.read_bytes()[:_LONGEST].decode("utf-8", errors="replace")
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return (
        f"{head}A file of the repository:\n\n{fence}{_LANGUAGES.get(path.suffix, 'text')}\n{text.rstrip()}\n{fence}\n"
    )


def _notebook(path: Path, page: str, config: MkDocsConfig) -> Iterator[File]:
    """Yield a notebook's page and its pictures."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    text, resources = MarkdownExporter().from_notebook_node(
        notebook, resources={"output_files_dir": posixpath.splitext(page)[0]}
    )
    yield File.generated(config, page, content=_fenced(_captioned(text)))
    for name, data in sorted(resources["outputs"].items()):
        yield File.generated(config, name, content=data)


def _captioned(text: str) -> str:
    """Return a notebook's text with words for its pictures, which nbconvert calls all alike."""
    numbers: Iterator[int] = iter(range(1, 1000))
    return re.sub(r"!\[png\]", lambda _: f"![Picture {next(numbers)}: what the cell above draws]", text)


def _fenced(text: str) -> str:
    """Return a notebook's text with its outputs, which are indented, in fences: so they are told from lists."""
    return re.sub(
        r"(?:^(?: {4}[^\n]*)?\n)*^ {4}[^\n]*\n(?:^(?: {4}[^\n]*)?\n)*",
        lambda block: "\n```text\n" + re.sub(r"^ {4}", "", block[0], flags=re.MULTILINE).strip("\n") + "\n```\n\n",
        text,
        flags=re.MULTILINE,
    )


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return a text with all that is no code changed."""
    parts: list[str] = []
    for piece, is_code in _parted(text, _FENCE):
        if is_code:
            parts.append(piece)
        else:
            parts += [inner if code else change(inner) for inner, code in _parted(piece, _CODE)]
    return "".join(parts)


def _parted(text: str, code: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    last = 0
    for found in code.finditer(text):
        yield text[last : found.start()], False
        yield found[0], True
        last = found.end()
    yield text[last:], False


def _remove(files: Files, source: str) -> None:
    kept = files.get_file_from_path(source)
    if kept is not None:
        files.remove(kept)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Return a page fit for those who hear it: the search and parts of the navigation have names, empty heads of tables are none."""
    del page, config
    named = output.replace(
        'data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"'
    )
    named = _SECTION.sub(lambda found: f'{found["head"]}aria-label="{found["title"].strip()}"{found["tail"]}', named)
    return re.sub(r"<th([^>]*)></th>", r"<td\1></td>", named)
