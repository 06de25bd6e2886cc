"""The HTML a person may see: consent, sign-in errors, 404 and 405. No remote content."""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse

from gemtune.emulator.oauth.grants import Client

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{refresh}<style>body {{ font: 16px/1.5 sans-serif; max-width: 40rem; margin: 2rem auto;
padding: 0 1rem }} td, th {{ text-align: left; padding: 0 1rem 0 0 }}
button {{ font: inherit; padding: .4rem 1rem }}{style}</style></head><body>
{body}
</body></html>
"""
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


def consent(client: Client, account: str, scopes: tuple[str, ...]) -> HTMLResponse:
    """The form posts to the very URL it was served from, so that reload and back just work."""
    boxes = "\n".join(
        f'<li><label><input type="checkbox" name="scope" value="{escape(scope)}" checked> '
        f"<code>{escape(scope)}</code></label></li>"
        for scope in scopes
    )
    body = f"""<h1>{escape(client.name)} wants access</h1>
<p>Account: <b>{escape(account)}</b><br>Client: <code>{escape(client.id)}</code></p>
<form method="post"><p>It asks for:</p>
<ul>
{boxes}
</ul>
<p><button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></p></form>
<p>This is the gemtune emulator. No Google account is involved.</p>"""
    return page("Sign in to the gemtune emulator", body)


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
