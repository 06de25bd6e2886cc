"""Google's error envelope, `{"error": {code, message, status, details}}`: one function a case.

Texts are Google's where they have been seen; "own choice" says where they have not.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from gemtune.emulator.wire.answers import json_response

SERVICE = "generativelanguage.googleapis.com"
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
_REASON = {
    400: "badRequest",
    401: "authError",
    403: "forbidden",
    404: "notFound",
    409: "alreadyExists",
}
_DEFAULT_MESSAGE = {
    429: "Resource has been exhausted (e.g. check quota).",
    500: "An internal error has occurred. Please retry or report in "
    "https://developers.generativeai.google/guide/troubleshooting",
    503: "The model is overloaded. Please try again later.",
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

    @property
    def legacy_payload(self) -> dict[str, dict[str, object]]:
        """With `errors`, for who asks with $.xgafv=1; the reason is an own choice but for 400."""
        error = self.payload["error"]
        entry = {
            "message": error["message"],
            "domain": "global",
            "reason": _REASON.get(self.code, ""),
        }
        first = {"code": error["code"], "message": error["message"], "errors": [entry]}
        return {"error": {**first, **error}}


def plain(code: int) -> ApiError:
    """The bare error of an HTTP status: what a planned fault answers unless it brings a body."""
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


def bad_callback(name: str) -> ApiError:
    allowed = "only alphabet, number, '_', '$', '.', '[' and ']' are allowed."
    return ApiError(400, f"Invalid JSONP callback name: '{name}'; {allowed}")


def bad_system_parameter(name: str, value: str) -> ApiError:
    text = f"Invalid query parameters. Invalid value '{value}' for system query parameter : {name}"
    return ApiError(400, text)


def name_missing() -> ApiError:
    return ApiError(400, "Either tuned_model_id or display_name must be set.")


def payload_too_large(limit: int) -> ApiError:
    return ApiError(400, f"Request payload size exceeds the limit: {limit} bytes.")


def not_yours(name: str) -> ApiError:
    return ApiError(403, f"You do not have permission to access tuned model {name}")


def unknown_tuned_model(name: str) -> ApiError:
    return ApiError(404, f"Tuned model {name} does not exist.")


def unknown_permission(name: str) -> ApiError:
    """Own choice of words."""
    return ApiError(404, f"Permission {name} does not exist.")


def already_shared(name: str) -> ApiError:
    """Own choice: a second permission for the same grantee; its role is changed with patch."""
    return ApiError(409, f"Permission {name} already exists.")


def unknown_operation(name: str) -> ApiError:
    """Own choice of words."""
    return ApiError(404, f"Operation {name} does not exist.")


def untunable(name: str) -> ApiError:
    return ApiError(404, f"{name} is not found for CREATE TUNED MODEL at API version v1beta.")


def unsupported(name: str, version: str, method: str) -> ApiError:
    text = (
        f"{name} is not found for API version {version}, or is not supported for {method}. "
        "Call ListModels to see the list of available models and their supported methods."
    )
    return ApiError(404, text)


def unknown_model(name: str) -> ApiError:
    """Own choice of words."""
    return ApiError(404, f"Model {name} is not found.")


def no_discovery(version: str) -> ApiError:
    text = "Discovery document not found for API service: "
    return ApiError(404, f"{text}{SERVICE} format: rest version: {version}")


def already_exists(name: str) -> ApiError:
    """Own choice of words: Google's 409 has not been seen."""
    return ApiError(409, f"Tuned model {name} already exists.")


def not_ready(name: str, state: str) -> ApiError:
    """Own choice: what Google says of inference on a model in CREATING has not been seen."""
    text = f"Tuned model {name} cannot generate content: its state is {state}, not ACTIVE."
    return ApiError(400, text, status="FAILED_PRECONDITION")


def no_json_mode(name: str) -> ApiError:
    """Own choice of words; tuned models never had the JSON mode."""
    return ApiError(400, f"JSON mode is not enabled for {name}")


def no_system_instruction(name: str) -> ApiError:
    return ApiError(400, f"Developer instruction is not enabled for {name}")
