"""Long-running operations: every tuned model has exactly one, its creation.

They are served under /v1beta and under /v1 (Google's curl sample polls there); cancelling is
published under /v1 only. Own choices: a cancelled tuning leaves its model FAILED; a
reader may look, a writer may cancel; a filter is refused, for nobody knows what it filters by.
"""

from __future__ import annotations

from gemtune.emulator.api import access, errors, paging, permission, resources
from gemtune.emulator.api.endpoint import Call, Handler
from gemtune.emulator.api.resources import Json
from gemtune.emulator.state import State, TunedModel
from gemtune.emulator.tuning.tunings import Tunings


class Operations:
    def __init__(self, state: State, tunings: Tunings) -> None:
        self._state = state
        self._tunings = tunings

    def handlers(self) -> dict[str, Handler]:
        return {
            "tunedModels.operations.get": self.get,
            "tunedModels.operations.list": self.list,
            "tunedModels.operations.cancel": self.cancel,
        }

    async def get(self, call: Call) -> Json:
        model = self._find(call, permission.READER)
        return resources.operation(model, await self._tunings.job(model).look())

    def list(self, call: Call) -> Json:
        if call.query.get("filter"):
            text = "operations cannot be filtered here."
            raise errors.bad_request([("ListOperationsRequest.filter", text)])
        model = access.find(self._state, call.name, call.account)
        models, following = paging.page([model], lambda m: m.operation_name, call, default=10)
        shown = [resources.operation(m, self._tunings.job(m).glance()) for m in models]
        return paging.listed("operations", shown, following)

    def cancel(self, call: Call) -> Json:
        """Nothing happens to an operation that is done."""
        self._tunings.job(self._find(call, permission.WRITER)).cancel()
        return {}

    def _find(self, call: Call, role: str) -> TunedModel:
        name = call.name.partition("/operations/")[0]
        model = self._state.model(name.removeprefix("tunedModels/"))
        if model is None or model.operation_name != call.name:
            raise errors.unknown_operation(call.name)
        return access.find(self._state, name, call.account, role)
