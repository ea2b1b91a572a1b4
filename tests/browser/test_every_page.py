"""Every page a role reaches by links: no outside request, no policy violation, nothing serious for axe, no side scroll."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlparse

import pytest

from tests.browser.conftest import BROWSER_MARKS, Visitor

pytestmark = BROWSER_MARKS

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
ROLES = [
    "Bu Ratna",
    "Pak Kabid",
    "Bu Kasi",
    "Pak Kades",
    "Pak Wiryo",
    "AKP Polres",
    "Bupati",
    "Provinsi",
    "Pengawas",
    "Admin",
]
MOST_PAGES = 45
SERIOUS = {"serious", "critical"}


def shape(path: str) -> str:
    """Pages that differ only in a number, a code or the value of a filter look alike; one of a kind is enough."""
    bare, _, query = path.partition("?")
    asked = sorted({part.partition("=")[0] for part in query.split("&") if part})
    return re.sub(r"\d[\d.]*", "N", bare) + "?" + "&".join(asked)


def links_of(visitor: Visitor) -> list[str]:
    """Same-origin links of the page that show something (no downloads)."""
    # A sign on the map is a link inside a drawing: its `href` is an object there, the attribute is always words.
    absolute = "links => links.map(link => new URL(link.getAttribute('href'), location.href).href)"
    hrefs = visitor.page.eval_on_selector_all("a[href]:not([download])", absolute)
    paths = []
    for href in hrefs:
        url = urlparse(href)
        if href.startswith(visitor.server) and not url.path.endswith(("/teks/", ".csv", ".xlsx", ".txt")):
            paths.append(url.path + (f"?{url.query}" if url.query and "next=" not in url.query else ""))
    return paths


def walk(visitor: Visitor, start: str) -> list[str]:
    """The paths of all kinds of pages reachable from `start`."""
    seen: dict[str, str] = {}
    waiting = [start]
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if "kode=" in path or shape(path) in seen:
            continue
        answer = visitor.page.goto(visitor.server + path, wait_until="load")
        if answer is None or "text/html" not in (answer.headers.get("content-type") or ""):
            continue
        assert answer.status < 400, f"a link leads to {path}: {answer.status}"
        seen[shape(path)] = path
        waiting += links_of(visitor)
    return list(seen.values())


def serious_findings(visitor: Visitor) -> list[str]:
    """What axe calls serious or critical on the page as it stands."""
    visitor.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = visitor.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{finding['id']}: {finding['nodes'][0]['html'][:160]}"
        for finding in found["violations"]
        if finding["impact"] in SERIOUS
    ]


def visit(visitor: Visitor, role: str, *, width: int) -> list[str]:
    """Walk all pages of a role once, and look at each kind of page that no other role has shown at this width."""
    visitor.become(role)
    faults = []
    for path in walk(visitor, "/beranda/"):
        if (shape(path), width) in _looked_at:
            continue
        _looked_at.add((shape(path), width))
        visitor.go(path)
        faults += [f"{path}: {finding}" for finding in serious_findings(visitor)]
        wide = visitor.page.evaluate("() => document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"{path} is {wide} px wide")
    return faults + visitor.watch.faults


# Most pages are the same for every role; what differs by role is reached by its own links and has its own shape.
_looked_at: set[tuple[str, int]] = set()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_sound_on_an_office_pc(desk: Visitor, role: str) -> None:
    assert visit(desk, role, width=1366) == []


@pytest.mark.parametrize("role", ["Bu Ratna", "Pak Wiryo", "AKP Polres", "Admin"])
def test_every_page_of_a_role_fits_a_phone(phone: Visitor, role: str) -> None:
    assert visit(phone, role, width=360) == []


@pytest.mark.parametrize("role", ROLES)
def test_the_home_page_of_every_role_is_sound(phone: Visitor, role: str) -> None:
    phone.become(role)

    assert serious_findings(phone) == []
    assert phone.watch.faults == []


@pytest.mark.parametrize("path", ["/pilih-peran/", "/masuk/", "/batas/", "/tidak-ada-halaman-ini/"])
def test_pages_before_the_log_in_are_sound(phone: Visitor, path: str) -> None:
    phone.go(path)

    assert serious_findings(phone) == []
    assert phone.watch.faults == []
    assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_the_dark_appearance_is_sound_too(desk: Visitor) -> None:
    desk.become("Bu Ratna")
    desk.page.emulate_media(color_scheme="dark")

    for path in ["/beranda/", "/kotak-masuk/", "/peristiwa/", "/peringatan/", "/aturan/", "/komponen/"]:
        desk.go(path)
        assert serious_findings(desk) == [], path


def test_the_whole_shell_speaks_english_when_asked(desk: Visitor) -> None:
    desk.become("Bu Ratna")
    desk.page.get_by_role("button", name="English").first.click()

    desk.page.wait_for_load_state()
    assert desk.page.get_by_role("link", name="Inbox").first.is_visible()
    assert desk.page.locator("html").get_attribute("lang") == "en"
