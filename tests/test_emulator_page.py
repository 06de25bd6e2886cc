"""The page at /: plain HTML about what is going on, which draws itself anew."""

from __future__ import annotations

import re

import pytest
import requests

from conftest import Api, Emulator, creation
from gemtune.emulator import curve

LIST = "/v1beta/tunedModels"


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


@pytest.mark.parametrize(
    ("losses", "points"), [([], 0), ([1.0], 0), ([3.0, 1.0], 2), ([1.0] * 100_000, 301)]
)
def test_a_curve_has_a_bounded_number_of_points(losses: list[float], points: int) -> None:
    found = re.findall(r'points="([^"]*)"', curve.svg(losses, 100_000))
    assert [len(text.split()) for text in found] == [points] * bool(points)


def test_a_curve_goes_down_as_the_loss_does() -> None:
    (points,) = re.findall(r'points="([^"]*)"', curve.svg([4.0, 2.0, 0.0], 6))
    assert points == "100.0,0.0 200.0,60.0 300.0,120.0"


def test_a_tuning_that_diverged_can_still_be_read() -> None:
    assert "logarithmic" in curve.svg([1.0, 10.0, 1e6], 3)
    assert "logarithmic" not in curve.svg([1000.0, 1e-6], 2)
