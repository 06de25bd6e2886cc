"""Google's error envelope, `{"error": {code, message, status, details}}`: one function a case.

What every service says alike; what one says of its own stands with it. Texts are Google's where
they have been seen; "own choice" says where they have not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from starlette.responses import Response

from gemtune.emulator.wire.json_text import json_response

RPC = "type.googleapis.com/google.rpc."
_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
_DEFAULT_MESSAGE = {
    429: "Resource has been exhausted (e.g. check quota).",
    500: "Internal error encountered.",
    503: "The service is currently unavailable.",
}


class ApiError(Exception):
    """An answer that is an error; `status` defaults to the one that goes with the HTTP code."""

    def __init__(
        self, code: int, message: str, status: str = "", details: Sequence[object] = ()
    ) -> None:
        super().__init__(message)
        error: dict[str, object] = {"code": code, "message": message}
        error["status"] = status or _STATUS.get(code, "UNKNOWN")
        if details:
            error["details"] = list(details)
        self.code = code
        self.payload: dict[str, dict[str, object]] = {"error": error}

    @property
    def response(self) -> Response:
        return json_response(self.payload, self.code)


class Page(NamedTuple):
    """What stands in front of an API answers by itself, and not with JSON."""

    code: int
    payload: str


Trouble = ApiError | Page


def plain(code: int) -> ApiError:
    """The bare error of an HTTP status, in the words of no service."""
    return ApiError(code, _DEFAULT_MESSAGE.get(code, "Planned fault of the emulator."))


def bad_syntax(reason: str) -> ApiError:
    return ApiError(400, f"Invalid JSON payload received. {reason}")


def bad_fields(problems: Sequence[tuple[str, str]]) -> ApiError:
    """`problems`: (path of the field, whole line). The path is left out where it is empty."""
    violations = [
        {"field": path, "description": line} if path else {"description": line}
        for path, line in problems
    ]
    detail = {"@type": RPC + "BadRequest", "fieldViolations": violations}
    return ApiError(400, "\n".join(line for _, line in problems), details=[detail])


def bad_request(problems: Sequence[tuple[str, str]]) -> ApiError:
    """Semantic checks: (Request.snake_path, text) each."""
    return ApiError(400, "\n".join(f"* {path}: {text}" for path, text in problems))


def bad_mask(mask: str, path: str) -> ApiError:
    """Google's answer to a `fields` parameter that names what is not there."""
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    violation = {"field": mask, "description": text}
    detail = {"@type": RPC + "BadRequest", "fieldViolations": [violation]}
    return ApiError(400, "Request contains an invalid argument.", details=[detail])


def bad_alt(given: str, alt: str) -> ApiError:
    """`given` as it was sent, `alt` in small letters: what this method does not answer in."""
    if alt == "media":
        return ApiError(400, 'Unsupported alt type "media" for non byte stream request.')
    if alt in ("proto", "sse"):
        return ApiError(400, "Unsupported Output Format")
    return ApiError(400, f"Invalid value \"{given}\" for query parameter 'alt'")


def payload_too_large(limit: int) -> ApiError:
    return ApiError(400, f"Request payload size exceeds the limit: {limit} bytes.")
