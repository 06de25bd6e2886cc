"""The token, revoke and tokeninfo endpoints, on Google's wire.

RFC 6749 §5–6 for the exchange, RFC 7636 §4.6 for the verifier, RFC 7009 for revocation, OpenID
Connect Core §3.1.3.3 where `openid` was granted. Times are of the emulator's clock. Own choice:
tokeninfo names the account whatever was granted.
"""

from __future__ import annotations

import hmac
from dataclasses import replace

from starlette.routing import Route

from gemtune.emulator.clock import Clock
from gemtune.emulator.oauth import known_scopes, openid, pkce, service_accounts
from gemtune.emulator.oauth.form import Form, OAuthError, endpoint, required
from gemtune.emulator.oauth.grants import AccessToken, Client, Grant
from gemtune.emulator.oauth.logins import Logins
from gemtune.emulator.oauth.signing_key import SigningKey
from gemtune.emulator.oauth.token_rules import TokenRules

TESTING_SECONDS = 604799
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class OAuth:
    def __init__(
        self,
        logins: Logins,
        clock: Clock,
        rules: TokenRules,
        key: SigningKey,
        open_id: openid.OpenId,
    ) -> None:
        self._logins = logins
        self._clock = clock
        self._rules = rules
        self._key = key
        self._openid = open_id

    def routes(self) -> list[Route]:
        return [
            Route("/token", endpoint(self.token), methods=["POST"]),
            Route("/revoke", endpoint(self.revoke), methods=["POST"]),
            Route("/tokeninfo", endpoint(self.tokeninfo), methods=["GET", "POST"]),
        ]

    def token(self, form: Form) -> dict[str, object]:
        grant_type = required(form, "grant_type")
        if grant_type == "authorization_code":
            return self._exchange(form, self._client(form))
        if grant_type == "refresh_token":
            return self._refresh(form, self._client(form))
        if grant_type == JWT_BEARER:
            return self._assert(required(form, "assertion"))
        raise OAuthError("unsupported_grant_type", f"Invalid grant_type: {grant_type}")

    def revoke(self, form: Form) -> dict[str, object]:
        """A revoked access token takes its refresh token with it, and the reverse."""
        text = required(form, "token")
        token = self._logins.token(text)
        grant = token.grant if token else self._logins.grant(text)
        if grant is None:
            raise OAuthError("invalid_token", "Token expired or revoked")
        self._logins.revoke(grant)
        return {}

    def tokeninfo(self, form: Form) -> dict[str, object]:
        """Numbers are strings here, as in Google's answer."""
        token = self._logins.token(required(form, "access_token"))
        if token is None or token.expires_at <= self._clock.now():
            raise OAuthError("invalid_token", "Invalid Value")
        return {
            "azp": token.grant.client_id,
            "aud": token.grant.client_id,
            "scope": " ".join(token.scopes),
            "exp": str(int(token.expires_at)),
            "expires_in": str(int(token.expires_at - self._clock.now())),
            "email": token.grant.account,
            "email_verified": "true",
            "access_type": "offline" if token.grant.refresh_token else "online",
        }

    def _client(self, form: Form) -> Client:
        client = self._logins.client(required(form, "client_id"))
        if client is None:
            raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
        given = form.get("client_secret")
        if not given:
            raise OAuthError("invalid_request", "client_secret is missing.")
        if not hmac.compare_digest(given.encode(), client.secret.encode()):
            raise OAuthError("invalid_client", "The provided client secret is invalid.", 401)
        return client

    def _exchange(self, form: Form, client: Client) -> dict[str, object]:
        """A code is spent by the first attempt, good or bad (RFC 6749 §10.5)."""
        code = self._logins.take_code(required(form, "code"))
        if code is None or code.grant.client_id != client.id:
            raise OAuthError("invalid_grant", "Malformed auth code.")
        if code.expires_at <= self._clock.now():
            raise OAuthError("invalid_grant", "Code was already redeemed or has expired.")
        if form.get("redirect_uri") != code.redirect_uri:
            raise OAuthError("redirect_uri_mismatch", "Bad Request")
        _check_verifier(code.challenge, form.get("code_verifier", ""))
        grant = code.grant
        if self._rules.testing:
            grant = replace(grant, ends_at=self._clock.now() + TESTING_SECONDS)
        with self._logins.whole():
            self._logins.add_grant(grant)
            return self._issue(grant, grant.scopes, grant.refresh_token, code.nonce)

    def _refresh(self, form: Form, client: Client) -> dict[str, object]:
        grant = self._logins.grant(required(form, "refresh_token"))
        if grant is None or grant.client_id != client.id or not grant.lives_at(self._clock.now()):
            raise OAuthError("invalid_grant", "Token has been expired or revoked.")
        fewer = _read_scopes(form.get("scope", "")) or grant.scopes
        if not set(fewer) <= set(grant.scopes):
            raise OAuthError("invalid_scope", "Some requested scopes were not granted.")
        if not self._rules.rotate:
            return self._issue(grant, fewer)
        with self._logins.whole():
            rotated = self._logins.rotate(grant)
            return self._issue(rotated, fewer, refresh_token=rotated.refresh_token)

    def _assert(self, assertion: str) -> dict[str, object]:
        """Google's own: with `target_audience` it asks for an ID token, and for that alone."""
        try:
            claims = service_accounts.read_assertion(self._logins, self._key, assertion)
        except ValueError as problem:
            raise OAuthError("invalid_grant", f"Invalid JWT: {problem}") from None
        robot, audience = str(claims["iss"]), str(claims.get("target_audience") or "")
        if audience:
            told = (known_scopes.EMAIL,)
            return {"id_token": self._openid.id_token(robot, told, audience, robot)}
        granted = _read_scopes(str(claims.get("scope") or ""))
        if not granted:
            raise OAuthError("invalid_grant", "Invalid JWT: it names no scope")
        return self._issue(Grant(robot, str(claims.get("sub") or robot), granted), granted)

    def _issue(
        self, grant: Grant, granted: tuple[str, ...], refresh_token: str = "", nonce: str = ""
    ) -> dict[str, object]:
        now, lifetime = self._clock.now(), self._rules.lifetime
        token = self._logins.add_token(AccessToken(grant, granted, now + lifetime), now)
        answer: dict[str, object] = {"access_token": token, "expires_in": int(lifetime)}
        if refresh_token:
            answer["refresh_token"] = refresh_token
            if grant.ends_at is not None:
                answer["refresh_token_expires_in"] = round(grant.ends_at - now)
        answer |= {"scope": " ".join(granted), "token_type": "Bearer"}
        if openid.OPENID in granted:
            proofs = {"at_hash": openid.half_hash(token), "nonce": nonce}
            to = grant.client_id
            answer["id_token"] = self._openid.id_token(grant.account, granted, to, to, **proofs)
        return answer


def _read_scopes(text: str) -> tuple[str, ...]:
    try:
        return known_scopes.read(text)
    except ValueError as problem:
        raise OAuthError("invalid_scope", str(problem)) from None


def _check_verifier(challenge: str, verifier: str) -> None:
    try:
        pkce.check_verifier(challenge, verifier)
    except ValueError as problem:
        raise OAuthError("invalid_grant", str(problem)) from None
