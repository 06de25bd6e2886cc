"""The page at /: plain HTML about what is going on, which draws itself anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from shutil import which
from typing import Any

import pytest
import requests

from conftest import Api, Emulator, creation
from gemtune.emulator import loss_curve

LIST = "/v1beta/tunedModels"

WORST_CONTRAST = """() => {
  const paint = document.createElement("canvas").getContext("2d");
  const light = colour => {
    paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map(
      v => (v / 255) <= .04045 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b + .05;
  };
  const sheet = document.body.appendChild(document.createElement("div"));
  sheet.style.background = "Canvas";
  const paper = light(getComputedStyle(sheet).backgroundColor);
  const ratio = ink => Math.max(ink, paper) / Math.min(ink, paper);
  const texts = [...document.body.querySelectorAll("*")].filter(e => e.innerText);
  return Math.min(...texts.map(e => ratio(light(getComputedStyle(e).color))));
}"""
"""Of every text on the page, with the colour of the page itself."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = which("chromium")
    if not program:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


def page(emulator: Emulator) -> str:
    return requests.get(emulator.url, timeout=10).text


def test_it_shows_the_models_and_how_far_they_are(emulator: Emulator, api: Api) -> None:
    body = {**creation(), "display_name": "<i>numbers</i>"}
    api.post(f"{LIST}?tunedModelId=shown", body)
    emulator.control("clock", advanceSeconds=10)
    text = page(emulator)
    for part in ("tunedModels/shown", "&lt;i&gt;numbers&lt;/i&gt;", "CREATING", "step 1", "<svg"):
        assert part in text
    assert "<i>" not in text


def test_a_failed_tuning_says_why(emulator: Emulator, api: Api) -> None:
    api.post(f"/v1/{api.tune('stopped')}:cancel", {})
    assert "The operation was cancelled." in page(emulator)


def test_it_shows_the_last_requests_and_no_secret(emulator: Emulator, api: Api) -> None:
    key = (emulator.data_dir / "api_key").read_text().strip()
    api("GET", f"{LIST}/<b>?key={key}")
    emulator.control("faults", error="overloaded")
    api("GET", LIST)
    text = page(emulator)
    assert "<code>/v1beta/tunedModels/&lt;b&gt;</code>" in text
    assert "503 planned fault" in text
    assert key not in text
    assert api.headers["Authorization"].removeprefix("Bearer ") not in text


def test_its_lines_to_paste_point_here(emulator: Emulator) -> None:
    text = page(emulator)
    assert f"{emulator.url}/v1beta/models" in text
    assert f"--data-dir={emulator.data_dir}" in text


def test_it_loads_itself_again_and_nothing_else(emulator: Emulator, api: Api) -> None:
    assert '<meta http-equiv="refresh" content="10">' in page(emulator)
    api.tune()
    response = requests.get(emulator.url, timeout=10)
    assert '<meta http-equiv="refresh" content="2">' in response.text
    assert not re.search(r"<(script|link|img|iframe)|url\(|\ssrc=", response.text)
    assert response.headers["content-security-policy"].startswith("default-src 'none'")


def test_ten_thousand_models_do_not_make_it_long(emulator: Emulator, api: Api) -> None:
    for number in range(60):
        api.tune(f"m{number}", epoch_count=1)
    text = page(emulator)
    assert (text.count("<section>"), "and 10 older ones" in text) == (50, True)


def test_the_page_itself_is_not_a_request(emulator: Emulator, api: Api) -> None:
    """It loads itself again every two seconds: it must not push the others out, nor meet faults."""
    emulator.control("faults", error="overloaded")
    page(emulator)
    assert "/" not in [entry["path"] for entry in emulator.journal()]
    assert api("GET", LIST).status_code == 503


def test_text_that_hides_or_turns_is_spelt_out_and_cut(emulator: Emulator, api: Api) -> None:
    body = {**creation(), "description": "a\u202egnp.exe\u200b\x1b[1m" + "x" * 500}
    api.post(f"{LIST}?tunedModelId=odd", body)
    text = page(emulator)
    assert "a\\u202egnp.exe\\u200b\\x1b[1mxxx" in text
    assert "x…</p>" in text and "x" * 200 not in text


def hold_still(route: Any) -> None:
    """The page as it is served, but for loading itself again while it is measured."""
    served = route.fetch()
    route.fulfill(response=served, body=served.text().replace('http-equiv="refresh"', ""))


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_on_a_phone_and_in_the_dark(
    emulator: Emulator, api: Api, browser: Any, width: int, scheme: str
) -> None:
    """No scrolling sideways, no text cut by its box, and a contrast of 4.5 at least (WCAG AA)."""
    body = {**creation(epoch_count=20), "description": "M" * 600, "display_name": "W" * 40}
    api.post(f"{LIST}?tunedModelId={'x' * 39}", body)
    api.post(f"/v1/{api.tune('stopped')}:cancel", {})
    emulator.control("faults", error="overloaded")
    api("GET", LIST)
    emulator.control("clock", advanceSeconds=30)
    tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    tab.route("**", hold_still)
    tab.goto(emulator.url)
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    assert tab.locator("figure").count() == 1
    assert tab.evaluate(WORST_CONTRAST) >= 4.5
    tab.close()


@pytest.mark.parametrize(
    ("losses", "points"), [([], 0), ([1.0], 0), ([3.0, 1.0], 2), ([1.0] * 100_000, 301)]
)
def test_a_curve_has_a_bounded_number_of_points(losses: list[float], points: int) -> None:
    found = re.findall(r'points="([^"]*)"', loss_curve.svg(losses, 100_000))
    assert [len(text.split()) for text in found] == [points] * bool(points)


def test_a_curve_goes_down_as_the_loss_does() -> None:
    (points,) = re.findall(r'points="([^"]*)"', loss_curve.svg([4.0, 2.0, 0.0], 6))
    assert points == "100.0,0.0 200.0,60.0 300.0,120.0"


def test_a_curve_names_its_ends_and_its_axes() -> None:
    text = loss_curve.svg([4.0, 5.0, 0.25], 6)
    assert "mean loss from 4 at step 1 to 0.25 at step 3" in text
    assert "<span>5</span><span>0</span>" in text
    assert "<span>0</span><span>6 steps</span>" in text
    assert '"M100.0,24.0h0M300.0,114.0h0"' in text


def test_a_tuning_that_diverged_can_still_be_read() -> None:
    assert "logarithmic" in loss_curve.svg([1.0, 10.0, 1e6], 3)
    assert "logarithmic" not in loss_curve.svg([1000.0, 1e-6], 2)
