"""Vertex AI's tuning: a line of contents, the turns of a chat, for each example.

https://cloud.google.com/vertex-ai/generative-ai/docs/models/gemini-supervised-tuning-prepare
"""

from __future__ import annotations

from gemtune.forms.form import Form

LINES = Form(
    '{"contents": [{"role": "user", "parts": [{"text": %s}]}, '
    '{"role": "model", "parts": [{"text": %s}]}]}'
)
