"""The answers of Google's that no request can earn here, by name, for planned faults.

Their texts are Google's, as users have reported them; `PROJECT_NUMBER` and the retry delay are own
choices.
"""

from __future__ import annotations

from collections.abc import Sequence

from gemtune.emulator.front import caller_errors
from gemtune.emulator.wire.errors import RPC, ApiError, Page, Trouble, plain

SERVICE = "generativelanguage.googleapis.com"
PROJECT_NUMBER = "123456789012"
RETRY_DELAY = "25.463s"
_ENABLE = f"https://console.developers.google.com/apis/api/{SERVICE}/overview?project="
_QUOTAS = "https://ai.google.dev/gemini-api/docs/rate-limits"


def _help(description: str, url: str) -> dict[str, object]:
    return {"@type": RPC + "Help", "links": [{"description": description, "url": url}]}


def _quota(period: str, retry: str = "", details: Sequence[object] = ()) -> ApiError:
    """The form of 2025 and later; `retry` ends its newest texts."""
    violation = {
        "quotaMetric": f"{SERVICE}/generate_content_free_tier_requests",
        "quotaId": f"GenerateRequestsPer{period}PerProjectPerModel-FreeTier",
        "quotaDimensions": {"location": "global", "model": "gemini-1.5-flash"},
        "quotaValue": "15",
    }
    failure = {"@type": RPC + "QuotaFailure", "violations": [violation]}
    text = "You exceeded your current quota, please check your plan and billing details." + retry
    learn = _help("Learn more about Gemini API quotas", _QUOTAS)
    return ApiError(429, text, details=[failure, learn, *details])


def _metric_exceeded() -> ApiError:
    """The older form with details."""
    metric, limit = f"{SERVICE}/tuning_requests", "TuningRequestsPerMinutePerProject"
    consumer = f"project_number:{PROJECT_NUMBER}"
    text = (
        f"Quota exceeded for quota metric '{metric}' and limit '{limit}' of service '{SERVICE}' "
        f"for consumer '{consumer}'."
    )
    info = caller_errors.error_info(
        SERVICE, "RATE_LIMIT_EXCEEDED", quota_metric=metric, quota_limit=limit, consumer=consumer
    )
    return ApiError(429, text, details=[info])


def _api_off() -> ApiError:
    url = _ENABLE + PROJECT_NUMBER
    text = (
        f"Generative Language API has not been used in project {PROJECT_NUMBER} before or it is "
        f"disabled. Enable it by visiting {url} then retry. If you enabled this API recently, "
        "wait a few minutes for the action to propagate to our systems and retry."
    )
    info = caller_errors.error_info(
        SERVICE, "SERVICE_DISABLED", consumer=f"projects/{PROJECT_NUMBER}"
    )
    return ApiError(
        403, text, details=[_help("Google developers console API activation", url), info]
    )


def _project_denied() -> ApiError:
    url = "https://console.developers.google.com/iam-admin/iam/project?project=p"
    text = (
        "Caller does not have required permission to use project p. Grant the caller the "
        "roles/serviceusage.serviceUsageConsumer role, or a custom role with the "
        f"serviceusage.services.use permission, by visiting {url} and then retry."
    )
    info = caller_errors.error_info(SERVICE, "USER_PROJECT_DENIED", consumer="projects/p")
    return ApiError(403, text, details=[_help("Google developer console IAM admin", url), info])


def _project_unknown() -> ApiError:
    text = "Permission denied on resource project p."
    info = caller_errors.error_info(
        SERVICE, "CONSUMER_INVALID", consumer="projects/p", containerInfo="p"
    )
    localized = {"@type": RPC + "LocalizedMessage", "locale": "en-US", "message": text}
    link = _help("Google developers console", "https://console.developers.google.com")
    return ApiError(403, text, details=[info, localized, link])


def _key_blocked() -> ApiError:
    method = "google.ai.generativelanguage.v1beta.ModelService.ListTunedModels"
    text = f"Requests to this API {SERVICE} method {method} are blocked."
    info = caller_errors.error_info(
        SERVICE, "API_KEY_SERVICE_BLOCKED", consumer=f"projects/{PROJECT_NUMBER}"
    )
    return ApiError(403, text, details=[info])


TROUBLES: dict[str, Trouble] = {
    "rate-limit": plain(429),
    "rate-limit-metric": _metric_exceeded(),
    "quota-per-minute": _quota(
        "Minute",
        f" Please retry in {RETRY_DELAY}.",
        [{"@type": RPC + "RetryInfo", "retryDelay": RETRY_DELAY}],
    ),
    "quota-per-minute-without-delay": _quota("Minute"),
    "quota-per-day": _quota("Day"),
    "internal": ApiError(
        500,
        "An internal error has occurred. Please retry or report in "
        "https://developers.generativeai.google/guide/troubleshooting",
    ),
    "overloaded": ApiError(503, "The model is overloaded. Please try again later."),
    "api-off": _api_off(),
    "project-denied": _project_denied(),
    "project-unknown": _project_unknown(),
    "key-blocked": _key_blocked(),
    "html": Page(
        502,
        "<html><head><title>Error 502 (Server Error)</title></head><body><p><b>502.</b> That's an "
        "error.</p><p>The server encountered a temporary error.</p></body></html>\n",
    ),
}
