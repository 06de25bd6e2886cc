"""The base models the emulator lists: two that could be tuned until May 2025, one current.

Values are those recorded in Google's notebooks for the tunable ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from gemtune.emulator.wire.json_text import float32


@dataclass(frozen=True)
class BaseModel:
    id: str
    version: str
    display_name: str
    description: str
    input_token_limit: int
    output_token_limit: int
    temperature: float
    top_p: float
    top_k: int
    max_temperature: float
    tunable: bool

    @property
    def name(self) -> str:
        return f"models/{self.id}"

    def json(self, tunable: bool) -> dict[str, object]:
        """A Model of the wire; `tunable`: whether any model is."""
        methods = ["generateContent", "countTokens"]
        return {
            "name": self.name,
            "version": self.version,
            "displayName": self.display_name,
            "description": self.description,
            "inputTokenLimit": self.input_token_limit,
            "outputTokenLimit": self.output_token_limit,
            "supportedGenerationMethods": methods
            + ["createTunedModel"] * (self.tunable and tunable),
            "temperature": float32(self.temperature),
            "topP": float32(self.top_p),
            "topK": self.top_k,
            "maxTemperature": float32(self.max_temperature),
        }


BASE_MODELS = (
    BaseModel(
        id="gemini-1.0-pro-001",
        version="001",
        display_name="Gemini 1.0 Pro 001 (Tuning)",
        description="The gemtune emulator's stand-in for Gemini 1.0 Pro, which could be tuned.",
        input_token_limit=30720,
        output_token_limit=2048,
        temperature=0.9,
        top_p=1.0,
        top_k=1,
        max_temperature=1.0,
        tunable=True,
    ),
    BaseModel(
        id="gemini-1.5-flash-001-tuning",
        version="001",
        display_name="Gemini 1.5 Flash 001 Tuning",
        description="The gemtune emulator's stand-in for Gemini 1.5 Flash, which could be tuned.",
        input_token_limit=16384,
        output_token_limit=8192,
        temperature=1.0,
        top_p=0.95,
        top_k=64,
        max_temperature=2.0,
        tunable=True,
    ),
    BaseModel(
        id="gemini-2.5-flash",
        version="001",
        display_name="Gemini 2.5 Flash",
        description="The gemtune emulator's stand-in for a current model, which cannot be tuned.",
        input_token_limit=1048576,
        output_token_limit=65536,
        temperature=1.0,
        top_p=0.95,
        top_k=64,
        max_temperature=2.0,
        tunable=False,
    ),
)


def find(name: str) -> BaseModel | None:
    """By resource name, `models/ID`."""
    return next((model for model in BASE_MODELS if model.name == name), None)
