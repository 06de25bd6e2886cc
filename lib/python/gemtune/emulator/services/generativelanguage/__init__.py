"""The Gemini API's tuning: https://ai.google.dev/api/tuning, as it was until May 2025."""

from __future__ import annotations

from gemtune.emulator.services import House, Service
from gemtune.emulator.services.generativelanguage import records
from gemtune.emulator.services.generativelanguage.inference import Inference
from gemtune.emulator.services.generativelanguage.methods import METHODS
from gemtune.emulator.services.generativelanguage.operations import Operations
from gemtune.emulator.services.generativelanguage.resources import exhibit
from gemtune.emulator.services.generativelanguage.sharing import Sharing
from gemtune.emulator.services.generativelanguage.troubles import TROUBLES
from gemtune.emulator.services.generativelanguage.tuned_model import TunedModel
from gemtune.emulator.services.generativelanguage.tuned_models import Models


def service(house: House) -> Service:
    models = house.tunings(TunedModel, "models", "steps")
    return Service(
        host="generativelanguage.googleapis.com",
        package="google.ai.generativelanguage",
        title="Gemini API",
        methods=METHODS,
        handlers={
            **Inference(models).handlers(),
            **Operations(models).handlers(),
            **Models(models, house.clock).handlers(),
            **Sharing(models).handlers(),
        },
        usual_version="v1beta",
        troubles=TROUBLES,
        tunings=models,
        exhibit=exhibit,
        seeds=records.SEEDS,
    )
