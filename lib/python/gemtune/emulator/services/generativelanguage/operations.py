"""Long-running operations: every tuned model has exactly one, its creation.

They are served under /v1beta and under /v1 (Google's curl sample polls there); cancelling is
published under /v1 only. Own choices: a cancelled tuning leaves its model FAILED; a
reader may look, a writer may cancel; a filter is refused, for nobody knows what it filters by.
"""

from __future__ import annotations

from gemtune.emulator.front import paging
from gemtune.emulator.front.call import Call, Handler, Json
from gemtune.emulator.services.generativelanguage import access, permission, refused, resources
from gemtune.emulator.services.generativelanguage.tuned_model import TunedModel, TunedModels
from gemtune.emulator.wire import errors


class Operations:
    def __init__(self, models: TunedModels) -> None:
        self._models = models

    def handlers(self) -> dict[str, Handler]:
        return {
            "tunedModels.operations.get": self.get,
            "tunedModels.operations.list": self.list,
            "tunedModels.operations.cancel": self.cancel,
        }

    async def get(self, call: Call) -> Json:
        model = self._find(call, permission.READER)
        return resources.operation(model, await self._models.job(model).look())

    def list(self, call: Call) -> Json:
        if call.query.get("filter"):
            text = "operations cannot be filtered here."
            raise errors.bad_request([("ListOperationsRequest.filter", text)])
        model = access.find(self._models, call.name, call.account)
        models, following = paging.page([model], lambda m: m.operation_name, call, default=10)
        shown = [resources.operation(m, self._models.job(m).glance()) for m in models]
        return paging.listed("operations", shown, following)

    def cancel(self, call: Call) -> Json:
        """Nothing happens to an operation that is done."""
        self._models.job(self._find(call, permission.WRITER)).cancel()
        return {}

    def _find(self, call: Call, role: str) -> TunedModel:
        name = call.name.partition("/operations/")[0]
        model = self._models.get(name.removeprefix("tunedModels/"))
        if model is None or model.operation_name != call.name:
            raise refused.unknown_operation(call.name)
        return access.find(self._models, name, call.account, role)
