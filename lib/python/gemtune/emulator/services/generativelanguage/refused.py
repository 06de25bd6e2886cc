"""What the methods on tuned models refuse, and in which words: one function a case.

Texts are Google's where they have been seen; "own choice" says where they have not.
"""

from __future__ import annotations

from gemtune.emulator.wire.errors import ApiError, bad_request


class Complaints:
    """Collects what is wrong with a request, to say it all at once."""

    def __init__(self, request: str) -> None:
        self._request = request
        self._found: list[tuple[str, str]] = []

    def unless(self, fine: bool, path: str, text: str) -> None:
        if not fine:
            self._found.append((f"{self._request}.{path}", text))

    def raise_any(self) -> None:
        if self._found:
            raise bad_request(self._found)


def name_missing() -> ApiError:
    return ApiError(400, "Either tuned_model_id or display_name must be set.")


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
