"""POST /batch: several calls in one."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
import requests

from conftest import Api, Emulator

TUNED = "/v1beta/tunedModels"


def part(content_id: str, text: str) -> str:
    return f"Content-Type: application/http\r\nContent-ID: <{content_id}>\r\n\r\n{text}\r\n"


def batch(api: Api, *parts: str) -> requests.Response:
    body = "".join(f"--b\r\n{text}" for text in parts) + "--b--\r\n"
    return api("POST", "/batch", data=body, headers={"Content-Type": "multipart/mixed; boundary=b"})


def answers(response: requests.Response) -> list[tuple[str, str, str]]:
    """Content-ID, status line and the rest, of each."""
    assert response.status_code == 200, response.text
    head = f"Content-Type: {response.headers['content-type']}\r\n\r\n".encode()
    whole = message_from_bytes(head + response.content, policy=policy.HTTP)
    found = []
    for one in whole.iter_parts():
        assert one.get_content_type() == "application/http"
        line, _, rest = one.get_payload().replace("\r\n", "\n").partition("\n")
        found.append((str(one["Content-ID"]), line, rest))
    return found


def test_parts_are_answered_in_their_order_with_the_credential_of_the_whole(api: Api) -> None:
    api.tune("m")
    patch = f"PATCH {TUNED}/m HTTP/1.1\r\nContent-Type: application/json\r\n\r\n"
    got = answers(
        batch(
            api,
            part("x + 1", f'{patch}{{"description": "new"}}'),
            part("x + 2", f"GET {TUNED}/m?fields=description HTTP/1.1\r\n\r\n"),
            part("x + 3", f"DELETE {TUNED}/none"),
        )
    )
    assert [line for _, line, _ in got] == [
        *("HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"),
    ]
    assert got[1][0] == "<response-x + 2>"
    assert got[1][2].endswith('\n\n{\n  "description": "new"\n}\n')
    assert "Tuned model tunedModels/none does not exist." in got[2][2]


def test_a_part_may_bring_a_credential_of_its_own(api: Api) -> None:
    request = f"GET {TUNED} HTTP/1.1\r\nAuthorization: Bearer ya29.not\r\n\r\n"
    assert answers(batch(api, part("a", request)))[0][1] == "HTTP/1.1 401 Unauthorized"


@pytest.mark.parametrize(
    "text", ["", "GET", "GET /_emulator/requests HTTP/1.1", "POST /batch", "é /v1"]
)
def test_what_is_no_call_of_the_api_is_refused_alone(api: Api, text: str) -> None:
    bad, good = answers(batch(api, part("a", text), part("b", f"GET {TUNED}")))
    assert (bad[1], good[1]) == ("HTTP/1.1 400 Bad Request", "HTTP/1.1 200 OK")


def test_what_is_no_batch_is_refused(api: Api) -> None:
    for kind, body in [("application/json", "{}"), ("multipart/mixed", "x"), ("", "")]:
        response = api("POST", "/batch", data=body, headers={"Content-Type": kind})
        assert response.status_code == 400
        assert response.json()["error"]["message"].startswith("The batch must be multipart/mixed")


def test_a_fault_strikes_the_part_that_it_is_planned_for(api: Api, emulator: Emulator) -> None:
    emulator.control("faults", path=f"{TUNED}/m", error="overloaded")
    emulator.control("faults", path=f"{TUNED}/s", wire="stall")
    lines = [
        line for _, line, _ in answers(batch(api, *(part(n, f"GET {TUNED}/{n}") for n in "ms")))
    ]
    assert lines == ["HTTP/1.1 503 Service Unavailable", "HTTP/1.1 500 Internal Server Error"]
