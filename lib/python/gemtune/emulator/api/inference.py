"""generateContent and its stream. A tuned model answers from its learner; a base model says what
this is.

Own choices: the input is the text of the last content; a base model that lists generateContent
answers 200 with `BASE_ANSWER`, so that a script goes on, and nobody takes it for Gemini;
generationConfig and the like are accepted and ignored (decoding is greedy), but for the JSON mode,
which tuned models never had; a stream brings a word at a time, and the finish reason with the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gemtune.emulator.api import access, base_models, errors
from gemtune.emulator.api.creation import INPUT_LIMIT
from gemtune.emulator.api.endpoint import Call, Handler
from gemtune.emulator.api.resources import Json
from gemtune.emulator.state import State
from gemtune.emulator.tuning.tunings import Tunings

BASE_ANSWER = "This is the gemtune emulator, not Gemini: it can answer for tuned models only."
_CATEGORIES = ("SEXUALLY_EXPLICIT", "HATE_SPEECH", "HARASSMENT", "DANGEROUS_CONTENT")


class Inference:
    def __init__(self, state: State, tunings: Tunings) -> None:
        self._state = state
        self._tunings = tunings

    def handlers(self) -> dict[str, Handler]:
        return {
            "tunedModels.generateContent": self.generate,
            "tunedModels.streamGenerateContent": self.stream,
            "models.generateContent": lambda call: _reply(_base(call)),
            "models.streamGenerateContent": lambda call: _stream(_base(call)),
        }

    async def generate(self, call: Call) -> Json:
        return _reply(await self._tuned(call))

    async def stream(self, call: Call) -> Iterator[Json]:
        return _stream(await self._tuned(call))

    async def _tuned(self, call: Call) -> str:
        model = access.find(self._state, call.name, call.account)
        body = call.message
        if "systemInstruction" in body:
            raise errors.no_system_instruction(call.name)
        if body.get("generationConfig", {}).get("responseMimeType") == "application/json":
            raise errors.no_json_mode(call.name)
        text = _prompt(body)
        if self._tunings.conditions.withdrawn:
            raise errors.cannot_generate(model.base_model, call.version)
        job = self._tunings.job(model)
        answer = await job.answer(text)
        if answer is None:
            raise errors.not_ready(call.name, job.state)
        return answer


def _base(call: Call) -> str:
    if base_models.find(call.name) is None:
        raise errors.cannot_generate(call.name, call.version)
    _prompt(call.message)
    return BASE_ANSWER


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


def _stream(text: str) -> Iterator[Json]:
    words = re.findall(r"\s*\S+\s*$|\s*\S+", text) or [text]
    for word in words[:-1]:
        yield {"candidates": [_candidate(word)]}
    yield _reply(words[-1])


def _reply(text: str) -> Json:
    finished = {"finishReason": "STOP", "index": 0, "safetyRatings": _RATINGS}
    candidate = {"content": _candidate(text)["content"], **finished}
    return {"candidates": [candidate], "promptFeedback": {"safetyRatings": _RATINGS}}


def _candidate(text: str) -> Json:
    return {"content": {"parts": [{"text": text}], "role": "model"}, "index": 0}


_RATINGS = [
    {"category": f"HARM_CATEGORY_{category}", "probability": "NEGLIGIBLE"}
    for category in _CATEGORIES
]
