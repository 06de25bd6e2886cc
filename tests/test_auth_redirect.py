"""The answer to a login is found in whatever a person pastes, and in nothing else."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemtune.auth.redirect import Answer, NotAnAnswer, find_answer, is_answer
from gemtune.failure import Failure

STATE = "oE63kAwpwn781IxpVYkFsHRtBcsg46KS"
CODE = "4/0AfrIepBDq_x-yZ"
QUERY = urlencode({"state": STATE, "code": CODE, "scope": "https://a/b https://c/d"})
URL = f"https://localhost:8085/?{QUERY}"

urls = st.builds(
    "{}://{}:{}/{}?{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["localhost", "127.0.0.1", "[::1]", "my-laptop.local"]),
    st.just(8091),
    st.sampled_from(["", "some/path"]),
    st.permutations(["scope=a%20b", f"state={STATE}", f"code={CODE}"]).map("&".join),
)
ends = st.sampled_from(["", "\n", "\r\n", "\r", "  \n", "\n\n", "\n\n$ ", "\x1b[201~\n"])
quotes = st.sampled_from(["", "'", '"', "`"])
words = st.sampled_from(
    ["", "Here: ", "Copy the following line back\n\n ", "\x1b[1mWARNING\x1b[m\n", "\x1b[200~"]
)


@given(urls, words, quotes, ends)
def test_an_address_is_found_among_words_and_quotes(
    url: str, before: str, quote: str, after: str
) -> None:
    answer = find_answer(before + quote + url + quote + after, STATE)
    assert (answer.code(), answer.redirect_uri) == (CODE, "http://localhost:8091/")


@given(urls, st.integers(1, 80), words, st.sampled_from(["\n", "\r\n", "  \n", "\n    "]), quotes)
def test_an_address_is_found_though_it_is_wrapped(
    url: str, width: int, before: str, wrap: str, quote: str
) -> None:
    lines = [url[at : at + width] for at in range(0, len(url), width)]
    answer = find_answer(before + quote + wrap.join(lines) + quote + "\n", STATE)
    assert (answer.code(), answer.port) == (CODE, 8091)


@pytest.mark.parametrize("text", [QUERY, "?" + QUERY, f"'{QUERY}'", f"it says\n{QUERY}\r\n"])
def test_the_query_alone_is_enough_and_means_the_first_port(text: str) -> None:
    assert find_answer(text, STATE) == Answer(QUERY, 8085)


def test_a_port_that_is_not_named_is_the_one_of_this_login() -> None:
    assert find_answer(QUERY, STATE, 9000).port == 9000
    assert find_answer(f"http://localhost/?{QUERY}", STATE, 9000).port == 9000
    assert find_answer(URL, STATE, 9000).port == 8085


@pytest.mark.parametrize("host", ["localhost:8091", "127.0.0.1:8091", "[::1]:8091"])
@pytest.mark.parametrize("before", ["", "'", "see ", "\n"])
def test_an_address_as_browsers_show_it_has_no_scheme(host: str, before: str) -> None:
    assert find_answer(f"{before}{host}/?{QUERY}\n", STATE) == Answer(QUERY, 8091)


def test_of_several_addresses_the_one_of_this_login_counts() -> None:
    stale = URL.replace(STATE, "stale").replace(CODE, "old")
    assert find_answer(f"{stale}\n\n{URL}\n", STATE).code() == CODE


@given(st.text())
def test_other_text_is_no_answer_and_no_crash(text: str) -> None:
    with pytest.raises(NotAnAnswer):
        find_answer(text, STATE)


@given(st.text(st.sampled_from("https://:?&=[]code state%0\n \x1b'"), max_size=60))
def test_half_an_address_is_no_answer_and_no_crash(text: str) -> None:
    with pytest.raises(NotAnAnswer):
        find_answer(text, STATE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (URL.replace(STATE, "another"), "another login"),
        (f"https://localhost:8085/?code={CODE}", "no state"),
        (f"https://localhost:8085/?state={STATE}", "no code"),
        ("https://accounts.google.com/o/oauth2/auth?state=x&code_challenge=y", "link to open"),
        (CODE, "no address"),
        ("", "no address"),
        ("https://localhost:99999/?code=x&state=y", "no address"),
    ],
)
def test_a_wrong_paste_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(NotAnAnswer, match=said):
        find_answer(text, STATE)


def test_denied_consent_is_reported_as_denied() -> None:
    answer = find_answer(f"https://localhost:8085/?error=access_denied&state={STATE}", STATE)
    with pytest.raises(Failure, match="denied") as caught:
        answer.code()
    assert caught.value.code == 4


def test_another_refusal_is_named_without_its_control_characters() -> None:
    query = urlencode({"error": "admin_policy\x1b[2J", "state": STATE})
    with pytest.raises(Failure, match=r"admin_policy\\x1b\[2J"):
        Answer(query, 8085).code()


def test_the_state_must_be_the_same() -> None:
    assert is_answer(f"code=x&state={STATE}", STATE)
    assert not is_answer(f"code=x&state={STATE[:-1]}", STATE)
    assert not is_answer("code=x&state=%F0%9F%98%80", STATE)
    assert not is_answer("code=x", STATE)
    assert not is_answer(f"state={STATE}", STATE)
