"""Settings that come from the environment, each with a check that stops the start on a bad value.

One data directory holds everything an instance owns: database, keys, audit heads, files. Secrets are files in it,
made on the first start and readable by their owner only; none is ever in the code.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class BadSetting(SystemExit):
    """A setting has a value we cannot start with; the sentence says which and what to write instead."""


def env_text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def env_flag(name: str, *, default: bool = False) -> bool:
    value = env_text(name).lower()
    if value in {"", "0", "no", "false", "tidak"}:
        return default if value == "" else False
    if value in {"1", "yes", "true", "ya"}:
        return True
    raise BadSetting(f"{name}={value!r}: write ya or tidak (1 or 0).")


def env_list(name: str) -> list[str]:
    return [part.strip() for part in env_text(name).split(",") if part.strip()]


def env_choice(name: str, choices: tuple[str, ...], *, default: str) -> str:
    value = env_text(name, default).lower() or default
    if value not in choices:
        raise BadSetting(f"{name}={value!r}: write one of {', '.join(choices)}.")
    return value


def env_number(name: str, *, default: int) -> int:
    value = env_text(name)
    if not value:
        return default
    if not value.isdecimal():
        raise BadSetting(f"{name}={value!r}: write a whole number.")
    return int(value)


def env_secret(name: str) -> str:
    """The value itself, or the first line of the file that `NAME_FILE` names."""
    path = env_text(f"{name}_FILE")
    if not path:
        return env_text(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE={path}: cannot be read ({error.strerror}).") from error


def env_zone(name: str, *, default: str) -> ZoneInfo:
    value = env_text(name, default)
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadSetting(f"{name}={value!r}: write Asia/Jakarta, Asia/Makassar or Asia/Jayapura.") from error


def data_directory() -> Path:
    """The instance's own folder, made on first use; `KENTONGAN_DATA` or ./kentongan-data."""
    path = Path(env_text("KENTONGAN_DATA", "kentongan-data")).expanduser().resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(
            f"KENTONGAN_DATA={path}: cannot be made ({error.strerror}). Name a folder you may write."
        ) from error
    return path


def key_file(directory: Path, name: str, *, size: int = 32) -> bytes:
    """The secret in `directory/keys/name`, made with `size` random bytes when it is not there yet."""
    path = directory / "keys" / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        value = bytes.fromhex(path.read_text(encoding="ascii").strip())
        if len(value) != size:
            raise BadSetting(
                f"{path}: {len(value)} bytes instead of {size}. Restore it from the backup."
            ) from None
        return value
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        value = secrets.token_bytes(size)
        file.write(value.hex() + "\n")
    return value


def database_settings(directory: Path) -> dict[str, Any]:
    """SQLite in the data directory, or the PostgreSQL named by `KENTONGAN_DATABASE_URL`."""
    url = env_text("KENTONGAN_DATABASE_URL")
    if not url:
        return sqlite_settings(directory / "kentongan.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(
            f"KENTONGAN_DATABASE_URL starts with {parts.scheme!r}: write postgres://user:password@host:5432/name."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "kentongan",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def sqlite_settings(path: Path) -> dict[str, Any]:
    """WAL with synchronous=FULL: NORMAL would lose acknowledged reports on a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;"
                # What is destroyed (identities past their day) leaves no bytes behind in free pages.
                "PRAGMA secure_delete=ON"
            ),
        },
        # A file, not memory: tests of concurrency and of crashes need what production has.
        "TEST": {"NAME": env_text("KENTONGAN_TEST_SQLITE") or None},
    }
