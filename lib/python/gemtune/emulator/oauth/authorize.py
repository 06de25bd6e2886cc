"""The authorization endpoint: choice of an account, consent, and the redirect home with a code.

RFC 6749 §4.1.1–4.1.2 with RFC 7636 (S256 only). The redirect must be a loopback address, as for
Google's installed apps (RFC 8252 §7.3): any port, any path. gcloud's two-machine flow adds
`token_usage=remote` and puts `redirect_uri` last; both are accepted. `prompt` is Google's, with the
errors of OpenID Connect §3.1.2.6 for `none`.

Own choices: any address may sign in, and `login_hint` names it; a browser is signed in with
ACCOUNTS; consent is not remembered, so that `prompt=none` never has it; a decision that is posted
without `login_hint` is that of the first account. PKCE may be left out, as at Google, but a
challenge that was sent is enforced. A `nonce` comes back in the ID token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, quote

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from gemtune.emulator.clock import Clock
from gemtune.emulator.oauth import known_scopes, pkce, sign_in_pages
from gemtune.emulator.oauth.form import LONGEST
from gemtune.emulator.oauth.grants import Client, Code, Grant
from gemtune.emulator.oauth.logins import Logins, new_refresh_token
from gemtune.emulator.store import NotKept

ACCOUNTS = ("you@example.com", "colleague@example.com", "student@example.com")
ACCOUNT = ACCOUNTS[0]
"""Whom the API key and the automatic consent stand for."""
CODE_SECONDS = 600
_LONGEST_ADDRESS = 254
_PROMPTS = frozenset({"none", "consent", "select_account"})
_HOME = re.compile(
    r"http://(localhost|127\.0\.0\.1|\[::1\])(:[1-9][0-9]{0,4})?([/?][^\x00-\x20#]*)?",
    re.ASCII | re.IGNORECASE,
)
"""A redirect to this machine, without a fragment (RFC 6749 §3.1.2)."""


class Refused(Exception):
    """Google's error word, its sentence, and the HTTP status of the page that shows them."""

    def __init__(self, error: str, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.page = sign_in_pages.sign_in_error(status, error, reason)


@dataclass(frozen=True)
class Asked:
    """A valid authorization request; `account` is "" where the person is to choose one."""

    client: Client
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    challenge: str
    offline: bool
    account: str
    prompt: frozenset[str]
    nonce: str


class Authorize:
    """GET shows a page (or consents at once), POST carries the person's decision.

    Which page is all in the URL, so that reload and back just work.
    """

    def __init__(self, logins: Logins, clock: Clock, auto_consent: bool) -> None:
        self._logins = logins
        self._clock = clock
        self._auto_consent = auto_consent

    def routes(self) -> list[Route]:
        paths = ("/o/oauth2/auth", "/o/oauth2/v2/auth")
        return [Route(path, self.answer, methods=["GET", "POST"]) for path in paths]

    async def answer(self, request: Request) -> Response:
        try:
            asked = self._read(request.query_params)
            form = await request.body()
            if len(form) > LONGEST:
                raise Refused("invalid_request", "The form is too long.")
        except Refused as refused:
            return refused.page
        if request.method == "POST":
            return self._decide(asked, parse_qs(form.decode(errors="replace")))
        if self._auto_consent:
            return self._allow(asked)
        if "none" in asked.prompt:
            return _redirect(asked, error=_why_not_silently(asked))
        pairs = dict(request.query_params)
        if not asked.account or "select_account" in asked.prompt:
            return sign_in_pages.chooser(asked.client, ACCOUNTS, pairs)
        return sign_in_pages.consent(asked.client, asked.account, asked.scopes, pairs)

    def _decide(self, asked: Asked, form: Mapping[str, list[str]]) -> Response:
        if form.get("decision") != ["allow"]:
            return _redirect(asked, error="access_denied")
        ticked = tuple(scope for scope in asked.scopes if scope in form.get("scope", []))
        return self._allow(replace(asked, scopes=ticked))

    def _allow(self, asked: Asked) -> Response:
        refresh_token = new_refresh_token() if asked.offline else ""
        account = asked.account or ACCOUNT
        grant = Grant(asked.client.id, account, asked.scopes, refresh_token)
        now = self._clock.now()
        code = Code(grant, asked.redirect_uri, asked.challenge, now + CODE_SECONDS, asked.nonce)
        try:
            text = self._logins.add_code(code, now)
        except NotKept as problem:
            return _redirect(asked, error="server_error", error_description=str(problem))
        return _redirect(asked, code=text, scope=" ".join(asked.scopes))

    def _read(self, query: QueryParams) -> Asked:
        _refuse_repeats(query)
        client = self._logins.client(_required(query, "client_id"))
        if client is None:
            raise Refused("invalid_client", "The OAuth client was not found.", 401)
        redirect_uri = _required(query, "redirect_uri")
        if not _HOME.fullmatch(redirect_uri):
            reason = "An installed app's redirect_uri must be http://localhost or http://127.0.0.1."
            raise Refused("redirect_uri_mismatch", reason)
        if _required(query, "response_type") != "code":
            raise Refused("unsupported_response_type", "The response_type must be code.")
        return Asked(
            client=client,
            redirect_uri=redirect_uri,
            scopes=_scopes(query),
            state=query.get("state", ""),
            challenge=_challenge(query),
            offline=query.get("access_type") == "offline",
            account=_account(query),
            prompt=_prompt(query),
            nonce=query.get("nonce", ""),
        )


def _why_not_silently(asked: Asked) -> str:
    """What keeps `prompt=none` from a code."""
    if not asked.account:
        return "account_selection_required"
    return "interaction_required" if asked.account in ACCOUNTS else "login_required"


def _refuse_repeats(query: QueryParams) -> None:
    for name in query:
        if len(query.getlist(name)) > 1:
            reason = f"OAuth 2 parameters can only have a single value: {name}"
            raise Refused("invalid_request", reason)


def _account(query: Mapping[str, str]) -> str:
    account = query.get("login_hint", "").strip()
    if len(account) > _LONGEST_ADDRESS:
        raise Refused("invalid_request", "Invalid parameter value for login_hint: it is too long.")
    return account


def _prompt(query: Mapping[str, str]) -> frozenset[str]:
    words = frozenset(query.get("prompt", "").split())
    if words - _PROMPTS or ("none" in words and len(words) > 1):
        reason = f"Invalid parameter value for prompt: Invalid prompt: {query['prompt']}"
        raise Refused("invalid_request", reason)
    return words


def _scopes(query: Mapping[str, str]) -> tuple[str, ...]:
    try:
        return known_scopes.read(_required(query, "scope"))
    except ValueError as problem:
        raise Refused("invalid_scope", str(problem)) from None


def _required(query: Mapping[str, str], name: str) -> str:
    if not query.get(name, "").strip():
        raise Refused("invalid_request", f"Missing required parameter: {name}")
    return query[name]


def _challenge(query: Mapping[str, str]) -> str:
    try:
        return pkce.read_challenge(query)
    except ValueError as problem:
        raise Refused("invalid_request", str(problem)) from None


def _redirect(asked: Asked, **answer: str) -> RedirectResponse:
    """state, then code, then scope, as Google orders them; error takes the code's place."""
    pairs = {"state": asked.state, **answer} if asked.state else answer
    query = "&".join(f"{name}={quote(value, safe='/:')}" for name, value in pairs.items())
    joint = "&" if "?" in asked.redirect_uri else "?"
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return RedirectResponse(asked.redirect_uri + joint + query, 302, headers=headers)
