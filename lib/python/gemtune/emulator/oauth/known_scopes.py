"""Which scopes Google knows. It refuses a request that names another one.

The family generative-language is taken from the reference of Google's API. Own choice: any other
well-formed name below https://www.googleapis.com/auth/, or of an older service of google.com,
counts as known, for there are hundreds.
"""

from __future__ import annotations

import re

PREFIX = "https://www.googleapis.com/auth/"
_TUNING = ("", ".tuning", ".tuning.readonly", ".retriever", ".retriever.readonly")
_QUOTA = (".peruserquota", ".peruserquota.readonly")
_FAMILY = frozenset(f"{PREFIX}generative-language{rest}" for rest in (*_TUNING, *_QUOTA))
_OTHER = re.compile(re.escape(PREFIX) + r"[a-z][\w.-]*[a-z0-9]|https://[a-z]+\.google\.com/[\w/]*")
EMAIL, PROFILE = PREFIX + "userinfo.email", PREFIX + "userinfo.profile"
_SHORT = {"email": EMAIL, "profile": PROFILE}


def read(text: str) -> tuple[str, ...]:
    """The scopes of a list with blanks, once each; `email` and `profile` as the URLs they mean.

    Raises ValueError, in Google's words, where one is unknown.
    """
    scopes = tuple(dict.fromkeys(_SHORT.get(name, name) for name in text.split()))
    known = [scope for scope in scopes if _is_known(scope)]
    if len(known) < len(scopes):
        unknown = ", ".join(scope for scope in scopes if scope not in known)
        sets = f"{{valid=[{', '.join(known)}], invalid=[{unknown}]}}"
        raise ValueError(f"Some requested scopes were invalid. {sets}")
    return scopes


def _is_known(scope: str) -> bool:
    if scope.startswith(PREFIX + "generative-language"):
        return scope in _FAMILY
    return scope == "openid" or _OTHER.fullmatch(scope) is not None
