"""The message catalogues: Indonesian is the source language, English is the one translation.

`python -m tools.messages update` collects the Indonesian strings of templates and Python into the English
catalogue (kept sorted, without line numbers, so that differences stay small); `check` names what is
missing, obsolete or has other placeholders; `compile` writes the git-ignored .mo that a running instance
reads. No GNU gettext is needed. Uses polib, and Django's own template reader so that our strings are
exactly those Django asks for.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "kentongan"
CATALOGUE = Path("locale") / "en" / "LC_MESSAGES" / "django.po"
# How many leading arguments of each gettext function are text: (context, singular, plural).
FUNCTIONS = {
    "gettext": (False, False),
    "gettext_lazy": (False, False),
    "gettext_noop": (False, False),
    "ngettext": (False, True),
    "ngettext_lazy": (False, True),
    "pgettext": (True, False),
    "pgettext_lazy": (True, False),
    "npgettext": (True, True),
    "npgettext_lazy": (True, True),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*((?:{LITERAL}\s*,?\s*){{1,3}})", re.DOTALL)


@dataclass(frozen=True, order=True)
class Message:
    """One source string, as gettext keys it."""

    singular: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return (self.context, self.singular)


def collect(package: Path = PACKAGE) -> dict[Message, list[str]]:
    """Every source string with the files it stands in, relative to the package."""
    found: dict[Message, set[str]] = {}
    for path, messages in source_files(package):
        for message in messages:
            found.setdefault(message, set()).add(path.relative_to(package).as_posix())
    return {message: sorted(found[message]) for message in sorted(found)}


def source_files(package: Path) -> Iterator[tuple[Path, list[Message]]]:
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, list(python_messages(path.read_text(encoding="utf-8")))
    for path in sorted([*package.rglob("templates/**/*.html"), *package.rglob("templates/**/*.txt")]):
        yield path, list(template_messages(path.read_text(encoding="utf-8")))


def python_messages(source: str) -> Iterator[Message]:
    """Strings given literally to a gettext function, under whatever name the module imported it."""
    tree = ast.parse(source)
    names = imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := called(node.func, names)) in FUNCTIONS:
            texts = [
                value.value
                for value in node.args
                if isinstance(value, ast.Constant) and isinstance(value.value, str)
            ]
            yield from message_of(function, texts)


def imported_names(tree: ast.Module) -> dict[str, str]:
    return {
        (alias.asname or alias.name): alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }


def called(function: ast.expr, names: dict[str, str]) -> str:
    """The gettext function behind a call: an imported name, or an attribute (translation.gettext)."""
    if isinstance(function, ast.Name):
        return names.get(function.id, "")
    return function.attr if isinstance(function, ast.Attribute) else ""


def template_messages(source: str) -> Iterator[Message]:
    # Django turns tags into gettext calls and blanks the rest, trimming as it does at run time.
    from django.utils.translation.template import templatize

    for function, literals in TEMPLATE_CALL.findall(templatize(source)):
        texts = [ast.literal_eval(literal) for literal in re.findall(LITERAL, literals, re.DOTALL)]
        yield from message_of("gettext" if function == "_" else function, texts)


def message_of(function: str, texts: list[str]) -> Iterator[Message]:
    has_context, has_plural = FUNCTIONS[function]
    if len(texts) < 1 + has_context + has_plural:
        return
    context = texts[0] if has_context else ""
    singular, *rest = texts[has_context:]
    if singular:
        yield Message(singular, rest[0] if has_plural else "", context)


def entry_key(entry: polib.POEntry) -> tuple[str, str]:
    return (entry.msgctxt or "", entry.msgid)


def update(package: Path = PACKAGE) -> polib.POFile:
    """Bring the English catalogue to the collected strings; translations of strings that stay are kept."""
    old = {entry_key(entry): entry for entry in read_catalogue(package)}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "kentongan",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message, files in collect(package).items():
        catalogue.append(entry_for(message, files, old.get(message.key)))
    target = package / CATALOGUE
    target.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(target))
    return catalogue


def entry_for(message: Message, files: list[str], known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.singular,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        occurrences=[(file, "") for file in files],
        flags=["python-format"] if "%(" in message.singular else [],
    )
    if message.plural:
        kept = known.msgstr_plural if known else {}
        entry.msgstr_plural = {number: kept.get(number, "") for number in (0, 1)}
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def read_catalogue(package: Path = PACKAGE) -> polib.POFile:
    file = package / CATALOGUE
    return polib.pofile(str(file)) if file.exists() else polib.POFile()


def faults(package: Path = PACKAGE) -> list[str]:
    """What stands between the catalogue and the source: one sentence each, empty when they agree."""
    wanted = {message.key: message for message in collect(package)}
    held = {entry_key(entry): entry for entry in read_catalogue(package)}
    missing = [
        f"not translated: {key[1]!r}" for key in wanted if key not in held or not translations(held[key])
    ]
    obsolete = [f"obsolete: {key[1]!r}" for key in held if key not in wanted]
    unlike = [
        f"other placeholders: {key[1]!r}" for key, entry in held.items() if key in wanted and not alike(entry)
    ]
    return missing + obsolete + unlike


def translations(entry: polib.POEntry) -> list[str]:
    """The English texts; empty unless every form is filled and not marked fuzzy."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return texts if all(texts) and not entry.fuzzy else []


def alike(entry: polib.POEntry) -> bool:
    """Every form uses the source's placeholders; a singular may leave the number out ("one report")."""
    allowed = placeholders([entry.msgid, entry.msgid_plural])
    texts = translations(entry)
    return all(placeholders([text]) <= allowed for text in texts) and (
        not texts or placeholders(texts) == allowed
    )


def placeholders(texts: Iterable[str]) -> set[str]:
    return {mark for text in texts for mark in PLACEHOLDER.findall(text)}


def compile_catalogues(package: Path = PACKAGE) -> list[Path]:
    """Write each catalogue's .mo beside it, unless it is newer already."""
    written = []
    for source in sorted((package / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="tools.messages", description="Keep the English catalogue true to the source."
    )
    parser.add_argument("verb", choices=["update", "check", "compile"])
    verb = parser.parse_args(arguments).verb
    if verb == "compile":
        print(f"{len(compile_catalogues())} catalogue(s) compiled")
        return 0
    if verb == "update":
        catalogue = update()
        empty = sum(not translations(entry) for entry in catalogue)
        print(f"{len(catalogue)} strings, {empty} without English")
        return 0
    found = faults()
    print("\n".join(found) if found else "every source string is translated")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
