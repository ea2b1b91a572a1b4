"""A real demo server and Debian's Chromium: what a person sees, without any test client in between."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen  # noqa: TID251 (asks the server under test)

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_SECONDS = 240
# On every module: all browser tests share one server, so they belong on one worker.
BROWSER_MARKS = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[str]:
    """The address of `kentongan demo` on a fresh data directory; stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("demo")
    environment = {
        **os.environ,
        "KENTONGAN_DATA": str(folder / "data"),
        "PYTHONPATH": str(repository / "src"),
    }
    environment.pop("KENTONGAN_DATABASE_URL", None)
    command = [sys.executable, "-m", "kentongan", "demo", "--no-browser", "--port", str(port)]
    with (folder / "server.log").open("w") as log:
        child = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, child, folder / "server.log")
            yield address
        finally:
            child.terminate()
            child.wait(timeout=30)


def _wait(address: str, child: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if child.poll() is not None:
            break
        try:
            with urlopen(f"{address}/healthz", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise RuntimeError(f"the demo did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Missing, the tests are skipped on a desk and fail where everything must run."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt install chromium")
        pytest.skip("Chromium is not installed (apt install chromium): pages are not looked at here")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@dataclass
class Watch:
    """What a page did that it must never do."""

    home: str
    outside: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.outside.append(request.url)

    def on_console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.violations.append(message.text)
        elif message.type == "error" and "status of 4" not in message.text:
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    @property
    def faults(self) -> list[str]:
        return [*self.outside, *self.violations, *self.errors]


@dataclass
class Visitor:
    """Somebody in front of the product at a given window size."""

    page: Page
    watch: Watch
    server: str

    def go(self, path: str) -> Page:
        self.page.goto(self.server + path, wait_until="load")
        return self.page

    def become(self, name: str) -> Page:
        """Choose a card of the role chooser."""
        self.page.context.clear_cookies()
        self.go("/pilih-peran/")
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_url("**/beranda/")
        return self.page


def _visitor(context: BrowserContext, server: str) -> Visitor:
    page, watch = context.new_page(), Watch(server)
    page.set_default_timeout(20_000)
    page.on("request", watch.on_request)
    page.on("console", watch.on_console)
    return Visitor(page, watch, server)


@pytest.fixture
def desk(browser: Browser, server: str) -> Iterator[Visitor]:
    """An office PC: 1366×768."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID")
    yield _visitor(context, server)
    context.close()


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Visitor]:
    """A cheap phone: 360×640."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID", has_touch=True)
    yield _visitor(context, server)
    context.close()
