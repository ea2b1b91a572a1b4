"""Browser files come from the lock or not at all: wrong bytes are refused, present ones need no network."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import urllib.error
from pathlib import Path

import pytest
from tools import vendor


def tarball(files: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return sink.getvalue()


GOOD = tarball({"dist/lib.min.js": b"lib()", "LICENSE": b"free"})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout that pins one package whose tarball is GOOD."""
    wanted = {"into": "vendor", "files": {"dist/lib.min.js": "lib.min.js", "LICENSE": "lib.LICENSE.txt"}}
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(GOOD).digest()).decode()
    lock = {"packages": {"node_modules/lib": {"version": "1.2.3", "integrity": integrity, "license": "0BSD"}}}
    (tmp_path / "package.json").write_text(
        json.dumps({"kentongan": {"vendor": {"lib": wanted}}}), encoding="utf-8"
    )
    (tmp_path / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return tmp_path


def answer(monkeypatch: pytest.MonkeyPatch, *answers: bytes | Exception) -> list[str]:
    """Serve these instead of the network; returns the list of addresses asked for."""
    asked: list[str] = []
    waiting = list(answers)

    def fetch(address: str) -> bytes:
        asked.append(address)
        next_one = waiting.pop(0)
        if isinstance(next_one, Exception):
            raise next_one
        return next_one

    monkeypatch.setattr(vendor, "fetch", fetch)
    monkeypatch.setattr("tools.vendor.time.sleep", lambda _: None)
    return asked


def test_listed_files_are_copied_with_a_manifest(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("npm_config_registry", "https://files.example/npm/")
    asked = answer(monkeypatch, GOOD)
    assert vendor.ensure(root=project) == ["lib 1.2.3"]
    assert asked == ["https://files.example/npm/lib/-/lib-1.2.3.tgz"]
    assert (project / "vendor" / "lib.min.js").read_bytes() == b"lib()"
    manifest = json.loads((project / "vendor" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["packages"]["lib"]["licence"] == "0BSD"
    assert manifest["files"]["lib.min.js"] == vendor.sri_sha384(b"lib()")


def test_present_files_need_no_network(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, GOOD)
    vendor.ensure(root=project)
    asked = answer(monkeypatch)
    assert vendor.ensure(root=project) == []
    assert asked == []


def test_a_changed_file_is_fetched_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, GOOD, GOOD)
    vendor.ensure(root=project)
    (project / "vendor" / "lib.min.js").write_bytes(b"something else")
    assert vendor.ensure(root=project) == ["lib 1.2.3"]
    assert (project / "vendor" / "lib.min.js").read_bytes() == b"lib()"


def test_other_bytes_than_locked_are_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, tarball({"dist/lib.min.js": b"evil()", "LICENSE": b"free"}))
    with pytest.raises(vendor.VendorError, match="SHA-512 differs"):
        vendor.ensure(root=project)
    assert not (project / "vendor").exists()


def test_a_shaky_line_is_tried_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer(monkeypatch, urllib.error.URLError("reset"), TimeoutError("slow"), GOOD)
    assert vendor.ensure(root=project) == ["lib 1.2.3"]
    assert len(asked) == 3


def test_no_network_names_the_next_step(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, *[urllib.error.URLError("unreachable")] * vendor.TRIES)
    with pytest.raises(vendor.VendorError, match="npm_config_registry"):
        vendor.ensure(root=project)


def test_a_package_without_a_hash_is_refused(project: Path) -> None:
    lock = {"packages": {"node_modules/lib": {"version": "1.2.3"}}}
    (project / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    with pytest.raises(vendor.VendorError, match="no SHA-512"):
        vendor.ensure(root=project)


def test_the_registry_comes_from_environment_then_npmrc_then_the_public_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    monkeypatch.setattr("tools.vendor.Path.home", lambda: tmp_path / "home")
    assert vendor.registry() == vendor.PUBLIC_REGISTRY
    (tmp_path / ".npmrc").write_text(
        "; note\n//other.example/:_authToken=x\nregistry = https://a.example/\n", "utf-8"
    )
    assert vendor.registry() == "https://a.example/"
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "https://b.example/")
    assert vendor.registry() == "https://b.example/"
