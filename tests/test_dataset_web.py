"""Datasets on the web: what arrives is read, what does not is said."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from gemtune.dataset.columns import Keys
from gemtune.dataset.reader import Reader
from gemtune.dataset.web import export_url
from gemtune.failure import Failure

TABLE = b"text_input,output\n1,2\n"
ANSWERS = {
    "/a.csv": (200, {}, TABLE),
    "/a": (200, {"Content-Type": "text/csv"}, TABLE),
    "/packed.csv": (200, {"Content-Encoding": "gzip"}, gzip.compress(TABLE)),
    "/moved": (302, {"Location": "/a.csv"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>"),
    "/busy": (503, {}, b""),
    "/cut.csv": (200, {"Content-Length": "1000"}, TABLE),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS.get(self.path, (404, {}, b"<html>"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def read(url: str) -> list[str]:
    batches = Reader(url, Keys(), lambda _: None).batches()
    return [text for batch in batches for text in batch.inputs + batch.outputs]


@pytest.mark.parametrize("path", ["/a.csv", "/a", "/packed.csv", "/moved", "/a.csv?x=y.json#z"])
def test_what_is_there_is_read(site: str, path: str) -> None:
    ANSWERS["/a.csv?x=y.json"] = ANSWERS["/a.csv"]
    assert read(site + path) == ["1", "2"]


@pytest.mark.parametrize(
    ("path", "code", "what"),
    [
        ("/none", 9, "answered 404 Not Found."),
        ("/page", 9, "is a web page, not a dataset."),
        ("/round", 9, "cannot be fetched: Exceeded 30 redirects"),
        ("/busy", 75, "answered 503 Service Unavailable."),
        ("/cut.csv", 75, "did not arrive whole: ProtocolError."),
    ],
)
def test_what_is_not_there_is_said(site: str, path: str, code: int, what: str) -> None:
    with pytest.raises(Failure) as caught:
        read(site + path)
    assert caught.value.code == code
    assert caught.value.what.startswith(f"{site}{path} {what[:20]}")
    assert what in caught.value.what
    assert caught.value.next_step


def test_an_address_where_nobody_answers_may_be_tried_again() -> None:
    with pytest.raises(Failure) as caught:
        read("http://127.0.0.1:1/a.csv")
    assert caught.value.code == 75
    with pytest.raises(Failure, match="no web address") as caught:
        read("ftp://127.0.0.1/a.csv")
    assert caught.value.code == 9


SHEET = "https://docs.google.com/spreadsheets/d/1a-B_c"


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        (SHEET, "/export?format=csv"),
        (SHEET + "/edit?usp=sharing", "/export?format=csv"),
        (SHEET + "/edit#gid=12", "/export?format=csv&gid=12"),
        (SHEET + "/edit?gid=12#gid=12", "/export?format=csv&gid=12"),
        (SHEET + "/export?format=tsv&gid=3", "/export?format=tsv&gid=3"),
    ],
)
def test_a_link_to_a_google_sheet_is_the_address_of_its_csv(link: str, wanted: str) -> None:
    assert export_url(link) == SHEET + wanted


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/spreadsheets/d/1/edit#gid=2",
        "https://docs.google.com/spreadsheets/d/e/2PACX-1v/pub?output=csv",
    ],
)
def test_other_addresses_stay_as_they_are(url: str) -> None:
    assert export_url(url) == url


@pytest.mark.parametrize(
    ("status", "kind"), [(401, "text/html"), (404, "text/html"), (200, "text/html; charset=utf-8")]
)
def test_a_sheet_that_is_not_shared_says_how_to_share_it(
    monkeypatch: pytest.MonkeyPatch, status: int, kind: str
) -> None:
    import requests

    def get(url: str, **_: object) -> requests.Response:
        assert url == SHEET + "/export?format=csv"
        answer = requests.Response()
        answer.status_code, answer.url, answer.raw = status, url, None
        answer.headers["Content-Type"] = kind
        answer.close = lambda: None  # type: ignore[method-assign]
        return answer

    monkeypatch.setattr(requests, "get", get)
    with pytest.raises(Failure, match="is not open to everybody") as caught:
        read(SHEET + "/edit")
    assert "General access" in caught.value.next_step
