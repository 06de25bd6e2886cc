"""generateContent. A tuned model answers from its learner; a base model says what this is.

Own choices: the input is the text of the last content; a base model that lists generateContent
answers 200 with `BASE_ANSWER`, so that a script goes on, and nobody takes it for Gemini;
generationConfig and the like are accepted and ignored (decoding is greedy).
"""

from __future__ import annotations

from typing import Any

from starlette.routing import Route

from gemtune.emulator import base_models, errors, messages
from gemtune.emulator.callers import USE, own
from gemtune.emulator.creation import INPUT_LIMIT
from gemtune.emulator.endpoint import Call, Endpoints
from gemtune.emulator.resources import Json
from gemtune.emulator.state import State
from gemtune.emulator.tunings import Tunings

BASE_ANSWER = "This is the gemtune emulator, not Gemini: it can answer for tuned models only."
_CATEGORIES = ("SEXUALLY_EXPLICIT", "HATE_SPEECH", "HARASSMENT", "DANGEROUS_CONTENT")


class Inference:
    def __init__(self, state: State, tunings: Tunings) -> None:
        self._state = state
        self._tunings = tunings

    def routes(self, endpoints: Endpoints) -> list[Route]:
        routes = []
        for version in ("v1beta", "v1"):
            tuned, base = (f"/{version}/{kind}/{{model}}" for kind in ("tunedModels", "models"))
            routes += [
                endpoints.route("POST", f"{tuned}:generateContent", self.tuned, USE),
                endpoints.route("POST", f"{base}:generateContent", self.base, USE),
            ]
        return routes

    def tuned(self, call: Call) -> Json:
        name = f"tunedModels/{call.path['model']}"
        model = self._state.model(call.path["model"])
        if model is None:
            raise errors.unknown_tuned_model(name)
        job = self._tunings.job(own(model, call.account))
        body = call.message(messages.GENERATE_CONTENT)
        if "systemInstruction" in body:
            raise errors.no_system_instruction(name)
        text = _prompt(body)
        if job.state != "ACTIVE":
            raise errors.not_ready(name, job.state)
        return _reply(job.answer(text))

    def base(self, call: Call) -> Json:
        name = f"models/{call.path['model']}"
        if base_models.find(name) is None:
            raise errors.cannot_generate(name, call.version)
        _prompt(call.message(messages.GENERATE_CONTENT))
        return _reply(BASE_ANSWER)


def _prompt(body: dict[str, Any]) -> str:
    contents = body.get("contents", [])
    if not contents:
        path = "GenerateContentRequest.contents"
        raise errors.bad_request([(path, "contents is not specified")])
    parts = contents[-1].get("parts", [])
    text = "".join(part.get("text", "") for part in parts)
    path = "GenerateContentRequest.contents[0].parts"
    if not parts:
        raise errors.bad_request([(path, "contents.parts must not be empty.")])
    if len(text) > INPUT_LIMIT:
        raise errors.bad_request([(path, f"the prompt has more than {INPUT_LIMIT} characters.")])
    return text


def _reply(text: str) -> Json:
    ratings = [
        {"category": f"HARM_CATEGORY_{category}", "probability": "NEGLIGIBLE"}
        for category in _CATEGORIES
    ]
    content = {"parts": [{"text": text}], "role": "model"}
    candidate = {
        "content": content,
        "finishReason": "STOP",
        "index": 0,
        "safetyRatings": ratings,
    }
    return {"candidates": [candidate], "promptFeedback": {"safetyRatings": ratings}}
