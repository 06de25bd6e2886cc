"""The HTML a person may see: choice of an account, consent, sign-in errors, 404 and 405.

No script, no remote content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from gemtune.emulator.oauth.grants import Client

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{refresh}<style>:root {{ color-scheme: light dark }} body {{ font: 16px/1.5 sans-serif;
max-width: 40rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }}
td, th {{ text-align: left; padding: 0 1rem 0 0 }}
button {{ font: inherit; padding: .4rem 1rem }}{style}</style></head><body>
{body}
</body></html>
"""
_SIGN_IN = """
ul { list-style: none; padding: 0 } .choices a { display: block; padding: .7rem .2rem }
.choices { border-bottom: 1px solid #8886 } .choices li { border-top: 1px solid #8886 }
.boxes label { display: flex; gap: .6rem; padding: .3rem 0; align-items: baseline }
input[type=email] { font: inherit; padding: .4rem; width: 100%; max-width: 20rem;
box-sizing: border-box; margin: .2rem 0 }
"""
_EMULATOR = "<p>This is the gemtune emulator. No Google account is involved.</p>"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def page(
    title: str, body: str, status: int = 200, style: str = "", refresh: int = 0
) -> HTMLResponse:
    """`body` is HTML; whatever came from outside must be escaped by the caller.

    `refresh`: after how many seconds it is to be loaded again, 0 for never.
    """
    again = f'<meta http-equiv="refresh" content="{refresh}">\n' if refresh else ""
    text = _PAGE.format(title=escape(title), body=body, style=style, refresh=again)
    return HTMLResponse(text.encode("utf-8", "replace"), status, headers=_HEADERS)


def chooser(client: Client, accounts: Sequence[str], query: Mapping[str, str]) -> HTMLResponse:
    """Each choice is the same request with `login_hint`: a link for an account, a form for more."""
    rest = {name: value for name, value in query.items() if name not in ("login_hint", "prompt")}
    prompt = " ".join(word for word in query.get("prompt", "").split() if word != "select_account")
    rest |= {"prompt": prompt} if prompt else {}
    choices = "\n".join(
        f'<li><a href="?{escape(urlencode({**rest, "login_hint": account}))}">{account}</a></li>'
        for account in accounts
    )
    hidden = "\n".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in rest.items()
    )
    body = f"""<h1>Choose an account</h1>
<p>to continue to <b>{escape(client.name)}</b></p>
<ul class="choices">
{choices}
</ul>
<form>{hidden}
<p><label for="other">Another address</label><br>
<input id="other" type="email" name="login_hint" required maxlength="254" autocomplete="off">
<button>Next</button></p></form>
{_EMULATOR}"""
    return page("Choose an account - gemtune emulator", body, style=_SIGN_IN)


def consent(
    client: Client, account: str, scopes: Sequence[str], query: Mapping[str, str]
) -> HTMLResponse:
    """The form posts to the very URL it was served from."""
    boxes = "\n".join(
        f'<li><label><input type="checkbox" name="scope" value="{escape(scope)}" checked> '
        f"<code>{escape(scope)}</code></label></li>"
        for scope in scopes
    )
    other = {name: value for name, value in query.items() if name not in ("login_hint", "prompt")}
    choose = urlencode({**other, "prompt": "select_account"})
    body = f"""<h1>{escape(client.name)} wants access</h1>
<p>Account: <b>{escape(account)}</b> (<a href="?{escape(choose)}">use another one</a>)<br>
Client: <code>{escape(client.id)}</code></p>
<form method="post"><p>It asks for:</p>
<ul class="boxes">
{boxes}
</ul>
<p><button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></p></form>
{_EMULATOR}"""
    return page("Sign in to the gemtune emulator", body, style=_SIGN_IN)


def sign_in_error(status: int, error: str, reason: str) -> HTMLResponse:
    """Google shows a page, and does not redirect, when the request itself cannot be trusted."""
    body = (
        f"<h1>Access blocked: authorization error</h1><p>{escape(reason)}</p>"
        f"<p>Error {status}: {escape(error)}</p>"
    )
    return page(f"Error {status}: {error}", body, status)


def not_found(path: str) -> HTMLResponse:
    body = (
        "<p><b>404.</b> That's an error.</p><p>The requested URL "
        f"<code>{escape(path)}</code> was not found on this server. That's all we know.</p>"
    )
    return page("Error 404 (Not Found)", body, 404)


def wrong_verb(verb: str, path: str, allowed: list[str]) -> HTMLResponse:
    body = (
        f"<p><b>405.</b> That's an error.</p><p>The request method <code>{escape(verb)}</code> is "
        f"inappropriate for the URL <code>{escape(path)}</code>. That's all we know.</p>"
    )
    answer = page("Error 405 (Method Not Allowed)", body, 405)
    answer.headers["Allow"] = ", ".join(allowed)
    return answer
