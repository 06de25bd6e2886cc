"""generateContent, its stream, and countTokens. A tuned model answers from its learner; a base
model says what this is.

Own choices: the input is the text of the last content; a base model that lists generateContent
answers 200 with `BASE_ANSWER`, so that a script goes on, and nobody takes it for Gemini;
generationConfig and the like are accepted and ignored (decoding is greedy), but for the JSON mode,
which tuned models never had; a stream brings a word at a time, and the finish reason and the usage
with the last; four characters are a token, as Google's rule of thumb has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gemtune.emulator.front.call import Call, Handler, Json
from gemtune.emulator.services.generativelanguage import access, base_models, refused
from gemtune.emulator.services.generativelanguage.creation import INPUT_LIMIT
from gemtune.emulator.services.generativelanguage.resources import STATES
from gemtune.emulator.services.generativelanguage.tuned_model import TunedModels
from gemtune.emulator.wire import errors

BASE_ANSWER = "This is the gemtune emulator, not Gemini: it can answer for tuned models only."
_CATEGORIES = ("SEXUALLY_EXPLICIT", "HATE_SPEECH", "HARASSMENT", "DANGEROUS_CONTENT")


class Inference:
    def __init__(self, models: TunedModels) -> None:
        self._models = models

    def handlers(self) -> dict[str, Handler]:
        return {
            "tunedModels.generateContent": self.generate,
            "tunedModels.streamGenerateContent": self.stream,
            "models.generateContent": lambda call: _reply(call, _base(call)),
            "models.streamGenerateContent": lambda call: _stream(call, _base(call)),
            "models.countTokens": _count,
        }

    async def generate(self, call: Call) -> Json:
        return _reply(call, await self._tuned(call))

    async def stream(self, call: Call) -> Iterator[Json]:
        return _stream(call, await self._tuned(call))

    async def _tuned(self, call: Call) -> str:
        model = access.find(self._models, call.name, call.account)
        body = call.message
        if "systemInstruction" in body:
            raise refused.no_system_instruction(call.name)
        if body.get("generationConfig", {}).get("responseMimeType") == "application/json":
            raise refused.no_json_mode(call.name)
        text = _prompt(call)
        if len(text) > INPUT_LIMIT:
            path = "GenerateContentRequest.contents"
            problem = f"the prompt has more than {INPUT_LIMIT} characters."
            raise errors.bad_request([(path, problem)])
        if self._models.conditions.withdrawn:
            raise refused.unsupported(model.base_model, call.version, "generateContent")
        job = self._models.job(model)
        answer = await job.answer(text)
        if answer is None:
            raise refused.not_ready(call.name, STATES[job.phase])
        return answer


def _base(call: Call) -> str:
    if base_models.find(call.name) is None:
        raise refused.unsupported(call.name, call.version, "generateContent")
    _prompt(call)
    return BASE_ANSWER


def _count(call: Call) -> Json:
    if base_models.find(call.name) is None:
        raise refused.unsupported(call.name, call.version, "countTokens")
    body = call.message.get("generateContentRequest", call.message)
    return {"totalTokens": _tokens(*_texts(_contents("CountTokensRequest", body)))}


def _contents(request: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    contents: list[dict[str, Any]] = body.get("contents", [])
    if not contents:
        raise errors.bad_request([(f"{request}.contents", "contents is not specified")])
    return contents


def _prompt(call: Call) -> str:
    contents = _contents("GenerateContentRequest", call.message)
    parts = contents[-1].get("parts", [])
    if not parts:
        path = f"GenerateContentRequest.contents[{len(contents) - 1}].parts"
        raise errors.bad_request([(path, "contents.parts must not be empty.")])
    return "".join(part.get("text", "") for part in parts)


def _stream(call: Call, text: str) -> Iterator[Json]:
    *words, last = _words(text)
    for word in words:
        yield {"candidates": [_candidate(word)]}
    yield {**_reply(call, text), "candidates": [_finished(last)]}


def _words(text: str) -> list[str]:
    return re.findall(r"\s*\S+\s*$|\s*\S+", text) or [text]


def _reply(call: Call, text: str) -> Json:
    return {
        "candidates": [_finished(text)],
        "promptFeedback": {"safetyRatings": _RATINGS},
        "usageMetadata": _usage(call.message["contents"], text),
    }


def _candidate(text: str) -> Json:
    return {"content": {"parts": [{"text": text}], "role": "model"}, "index": 0}


def _finished(text: str) -> Json:
    content = _candidate(text)["content"]
    return {"content": content, "finishReason": "STOP", "index": 0, "safetyRatings": _RATINGS}


def _usage(contents: list[dict[str, Any]], text: str) -> Json:
    given, written = _tokens(*_texts(contents)), _tokens(text)
    counts = {"promptTokenCount": given, "candidatesTokenCount": written}
    return {**{name: n for name, n in counts.items() if n}, "totalTokenCount": given + written}


def _texts(contents: list[dict[str, Any]]) -> list[str]:
    return [part.get("text", "") for content in contents for part in content.get("parts", [])]


def _tokens(*texts: str) -> int:
    return -(-sum(map(len, texts)) // 4)


_RATINGS = [
    {"category": f"HARM_CATEGORY_{category}", "probability": "NEGLIGIBLE"}
    for category in _CATEGORIES
]
