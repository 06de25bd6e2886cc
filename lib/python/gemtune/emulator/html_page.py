"""A page of HTML for a person, and those where no service lives. No script, nothing remote."""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse

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
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with "no-referrer" its own form has the Origin "null"
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
