"""Fetch the pinned third-party browser files without Node.

`package.json` pins the packages and lists which of their files we serve; `package-lock.json` holds the
SHA-512 of each tarball. This module downloads the tarballs from the npm registry the machine is configured
for, checks the hashes, and copies the listed files into git-ignored folders with a manifest of SHA-384
sums. No library source is committed. Run by run.py, by hatch_build.py when the wheel is made, or by hand:
`python -m tools.vendor [--dev]`. Standard library only.
"""

from __future__ import annotations

import argparse
import base64
import configparser
import hashlib
import io
import json
import os
import ssl
import sys
import tarfile
import time
import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen  # noqa: TID251 - set-up runs before any package is installed

ROOT = Path(__file__).resolve().parent.parent
PUBLIC_REGISTRY = "https://registry.npmjs.org/"
MANIFEST = "manifest.json"
TRIES = 4
TIMEOUT_SECONDS = 30
LARGEST_TARBALL = 40_000_000


class VendorError(Exception):
    """A browser file could not be fetched or is not what the lock promises."""


@dataclass(frozen=True)
class BrowserPackage:
    """One pinned npm package and the files we take from it."""

    name: str
    version: str
    integrity: str
    licence: str
    is_dev: bool
    into: Path
    files: dict[str, str]


def ensure(*, root: Path = ROOT, dev: bool = False) -> list[str]:
    """Make every listed file present and true to the lock; return the packages that had to be fetched."""
    fetched = []
    for folder, packages in by_folder(root, dev=dev).items():
        if is_current(folder, packages):
            continue
        write_folder(folder, packages)
        fetched += [f"{package.name} {package.version}" for package in packages]
    return fetched


def pinned_packages(root: Path) -> list[BrowserPackage]:
    """Read package.json and its lock together; a package without a hash is refused."""
    listed: dict[str, Any] = read_json(root / "package.json")["kentongan"]["vendor"]
    locked: dict[str, Any] = read_json(root / "package-lock.json")["packages"]
    return [pinned(root, name, wanted, locked) for name, wanted in sorted(listed.items())]


def pinned(root: Path, name: str, wanted: dict[str, Any], locked: dict[str, Any]) -> BrowserPackage:
    lock = locked.get(f"node_modules/{name}", {})
    if not str(lock.get("integrity", "")).startswith("sha512-"):
        raise VendorError(
            f"package-lock.json has no SHA-512 for {name}. Run: npm install --package-lock-only"
        )
    return BrowserPackage(
        name=name,
        version=lock["version"],
        integrity=lock["integrity"],
        licence=lock.get("license", "unknown"),
        is_dev=bool(lock.get("dev")),
        into=root / wanted["into"],
        files=wanted["files"],
    )


def by_folder(root: Path, *, dev: bool) -> dict[Path, list[BrowserPackage]]:
    folders: dict[Path, list[BrowserPackage]] = {}
    for package in pinned_packages(root):
        if dev or not package.is_dev:
            folders.setdefault(package.into, []).append(package)
    return folders


def is_current(folder: Path, packages: list[BrowserPackage]) -> bool:
    """Whether the manifest names these packages and every file still has the sum written there."""
    try:
        manifest = read_json(folder / MANIFEST)
    except (OSError, ValueError):
        return False
    wanted = {package.name: package.integrity for package in packages}
    held = {name: entry["integrity"] for name, entry in manifest["packages"].items()}
    return wanted == held and all(
        (folder / name).is_file() and sri_sha384((folder / name).read_bytes()) == total
        for name, total in manifest["files"].items()
    )


def write_folder(folder: Path, packages: list[BrowserPackage]) -> None:
    """Fetch all packages first, then write: a failed download leaves what was there."""
    contents = {name: data for package in packages for name, data in chosen_files(package)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    manifest = {
        "packages": {
            package.name: {
                "version": package.version,
                "integrity": package.integrity,
                "licence": package.licence,
            }
            for package in packages
        },
        "files": {name: sri_sha384(data) for name, data in sorted(contents.items())},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def chosen_files(package: BrowserPackage) -> Iterator[tuple[str, bytes]]:
    tarball = download(package)
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        for source, target in package.files.items():
            # npm tarballs keep everything under one top folder, by convention "package".
            member = archive.extractfile(f"package/{source}")
            if member is None:
                raise VendorError(
                    f"{package.name} {package.version} holds no file {source}; correct package.json."
                )
            yield target, member.read()


def download(package: BrowserPackage) -> bytes:
    """Fetch one tarball, trying again on a shaky line, and check it against the lock."""
    address = tarball_address(package)
    for attempt in range(1, TRIES + 1):
        try:
            data = fetch(address)
        except (urllib.error.URLError, TimeoutError, ConnectionError) as failure:
            if attempt == TRIES:
                raise VendorError(
                    f"{package.name} {package.version} could not be fetched ({failure}). Connect, "
                    "or name a mirror in npm_config_registry, and run again."
                ) from failure
            time.sleep(2**attempt)
        else:
            check_integrity(package, data)
            return data
    raise AssertionError("unreachable: the last attempt returns or raises")


def fetch(address: str) -> bytes:
    with urlopen(address, timeout=TIMEOUT_SECONDS, context=tls_context()) as answer:
        data: bytes = answer.read(LARGEST_TARBALL + 1)
    if len(data) > LARGEST_TARBALL:
        raise VendorError(f"{address} is larger than {LARGEST_TARBALL} bytes; refused.")
    return data


def check_integrity(package: BrowserPackage, data: bytes) -> None:
    found = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
    if found != package.integrity:
        raise VendorError(
            f"{package.name} {package.version} is not the locked file (SHA-512 differs); refused."
        )


def tarball_address(package: BrowserPackage) -> str:
    """npm's fixed scheme; the lock keeps no address, so any mirror serves."""
    base = package.name.rsplit("/", 1)[-1]
    return f"{registry().rstrip('/')}/{package.name}/-/{base}-{package.version}.tgz"


def registry() -> str:
    """The registry this machine is set to use: environment, .npmrc of project and user, the public one."""
    return npm_setting("registry") or PUBLIC_REGISTRY


def tls_context() -> ssl.SSLContext:
    authorities = npm_setting("cafile")
    return ssl.create_default_context(
        cafile=authorities if authorities and Path(authorities).is_file() else None
    )


def npm_setting(name: str) -> str | None:
    for variable in (f"npm_config_{name}", f"NPM_CONFIG_{name.upper()}"):
        if os.environ.get(variable):
            return os.environ[variable]
    for file in (ROOT / ".npmrc", Path.home() / ".npmrc"):
        value = npmrc(file).get(name)
        if value:
            return value
    return None


def npmrc(file: Path) -> dict[str, str]:
    """An .npmrc is `key = value` lines; keys that hold a colon (credentials) are of no interest here."""
    parser = configparser.RawConfigParser(delimiters=("=",), strict=False, allow_no_value=True)
    try:
        parser.read_string("[npm]\n" + file.read_text(encoding="utf-8"))
    except (OSError, configparser.Error):
        return {}
    return {key: value for key, value in parser["npm"].items() if value}


def sri_sha384(data: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()


def read_json(file: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return value


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tools.vendor", description="Fetch the pinned browser files.")
    parser.add_argument("--dev", action="store_true", help="also fetch what only the tests need")
    chosen = parser.parse_args(arguments)
    try:
        fetched = ensure(dev=chosen.dev)
    except VendorError as failure:
        print(failure, file=sys.stderr)
        return 1
    print("fetched: " + ", ".join(fetched) if fetched else "browser files are present and true to the lock")
    return 0


if __name__ == "__main__":
    sys.exit(main())
