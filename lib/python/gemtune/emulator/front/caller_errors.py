"""What callers are told who may not call: Google's texts and details, as users reported them.

`host` is that of the API, `method` the full name of the method in protobuf: Google puts both into
an ErrorInfo.
"""

from __future__ import annotations

from gemtune.emulator.wire.errors import RPC, ApiError

_CREDENTIAL = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
_QUOTA_PROJECT = "https://cloud.google.com/docs/authentication/adc-troubleshooting/user-creds"


def unregistered_caller() -> ApiError:
    return ApiError(
        403,
        "Method doesn't allow unregistered callers (callers without established identity). "
        "Please use API Key or other form of API consumer identity to call this API.",
    )


def credentials_missing(host: str, method: str) -> ApiError:
    text = "Request is missing required authentication credential. " + _CREDENTIAL
    return ApiError(401, text, details=[error_info(host, "CREDENTIALS_MISSING", method=method)])


def api_key_unsupported(host: str, method: str) -> ApiError:
    text = (
        "API keys are not supported by this API. Expected OAuth2 access token or other "
        "authentication credentials that assert a principal. "
        "See https://cloud.google.com/docs/authentication"
    )
    return ApiError(401, text, details=[error_info(host, "CREDENTIALS_MISSING", method=method)])


def api_key_invalid(host: str) -> ApiError:
    text = "API key not valid. Please pass a valid API key."
    localized = {"@type": RPC + "LocalizedMessage", "locale": "en-US", "message": text}
    return ApiError(400, text, details=[error_info(host, "API_KEY_INVALID"), localized])


def bad_token(host: str, method: str, expired: bool) -> ApiError:
    text = "Request had invalid authentication credentials. " + _CREDENTIAL
    reason = "ACCESS_TOKEN_EXPIRED" if expired else "ACCESS_TOKEN_TYPE_UNSUPPORTED"
    return ApiError(401, text, details=[error_info(host, reason, method=method)])


def scope_missing(host: str, method: str) -> ApiError:
    text = "Request had insufficient authentication scopes."
    return ApiError(
        403, text, details=[error_info(host, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", method=method)]
    )


def quota_project_missing(host: str, client_number: str) -> ApiError:
    """`client_number`: of the project that the OAuth client belongs to."""
    text = (
        "Your application is authenticating by using local Application Default Credentials. "
        f"The {host} API requires a quota project, which is not set by default. "
        f"To learn how to set your quota project, see {_QUOTA_PROJECT} ."
    )
    link = {"description": "Learn how to set your quota project", "url": _QUOTA_PROJECT}
    info = error_info(host, "SERVICE_DISABLED", consumer=f"projects/{client_number}")
    return ApiError(403, text, details=[{"@type": RPC + "Help", "links": [link]}, info])


def error_info(host: str, reason: str, **metadata: str) -> dict[str, object]:
    """The domain is googleapis.com for all of these."""
    detail = {"@type": RPC + "ErrorInfo", "reason": reason, "domain": "googleapis.com"}
    return {**detail, "metadata": {"service": host, **metadata}}
