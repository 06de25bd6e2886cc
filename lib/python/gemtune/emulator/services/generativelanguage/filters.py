"""The filter of tunedModels.list: roles, and words in the description and the display name.

`owner:me`, `writers:me`, `readers:me`, `readers:everyone`, and free text; "quoted text" is one
word. Google's page says no more. Own choices: all terms must hold; a role contains the lesser ones;
case does not matter; without an operator only the caller's own models are looked at, and models
shared with everyone only under `readers:everyone`; an unknown operator is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gemtune.emulator.services.generativelanguage import permission
from gemtune.emulator.services.generativelanguage.tuned_model import TunedModel
from gemtune.emulator.wire import errors

Test = Callable[[TunedModel], bool]

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_ROLES = {
    "owner:me": permission.OWNER,
    "writers:me": permission.WRITER,
    "readers:me": permission.READER,
}


def read(text: str, account: str) -> Test:
    """What a model must be for the caller to see it. Raises ApiError (400)."""
    tests: list[Test] = []
    whose: list[Test] = []
    for quoted, word in dict.fromkeys(_TERM.findall(text)):
        if word in _ROLES:
            whose.append(_has_role(account, _ROLES[word]))
        elif word == "readers:everyone":
            whose.append(_is_for_everyone)
        elif re.match(r"\w+:", word):
            raise errors.bad_request([("ListTunedModelsRequest.filter", f"unknown term {word}")])
        else:
            tests.append(_says((quoted or word).lower()))
    tests += whose or [_has_role(account, permission.OWNER)]
    return lambda model: all(test(model) for test in tests)


def _has_role(account: str, role: str) -> Test:
    """By a permission of one's own."""
    return lambda model: any(given.is_for(account) and given.allows(role) for given in model.grants)


def _is_for_everyone(model: TunedModel) -> bool:
    return any(given.is_wide for given in model.grants)


def _says(word: str) -> Test:
    return lambda model: word in f"{model.display_name}\n{model.description}".lower()
