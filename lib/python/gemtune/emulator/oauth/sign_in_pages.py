"""What a person sees who signs in: choice of an account, consent, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from gemtune.emulator.html_page import page
from gemtune.emulator.oauth.grants import Client

_SIGN_IN = """
ul { list-style: none; padding: 0 } .choices a { display: block; padding: .7rem .2rem }
.choices { border-bottom: 1px solid #8886 } .choices li { border-top: 1px solid #8886 }
.boxes label { display: flex; gap: .6rem; padding: .3rem 0; align-items: baseline }
input[type=email] { font: inherit; padding: .4rem; width: 100%; max-width: 20rem;
box-sizing: border-box; margin: .2rem 0 }
"""
_EMULATOR = "<p>This is the gemtune emulator. No Google account is involved.</p>"


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
