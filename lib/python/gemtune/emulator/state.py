"""What the emulator knows: clients, logins, tuned models. Ignorant of HTTP.

Everything is reached through the methods of `State`; `store` says where it is kept.
Times are seconds of the emulator's clock; the caller compares them.
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gemtune.emulator.api.permission import Permission
from gemtune.emulator.oauth.grants import AccessToken, Client, Code, Grant
from gemtune.emulator.store import Store

BASE36 = string.digits + string.ascii_lowercase


@dataclass(frozen=True)
class Hyperparameters:
    """`learning_rate_multiplier` is kept only to be shown; `learning_rate` is what is used."""

    epoch_count: int
    batch_size: int
    learning_rate: float
    learning_rate_multiplier: float | None = None

    def steps(self, examples: int) -> int:
        """Batches run on over the ends of epochs, as Google's step counts show."""
        return -(-examples * self.epoch_count // self.batch_size)


@dataclass
class TunedModel:
    """A tuned model and the tuning that makes it; progress itself lives in its TuningJob.

    `pace` is one of conditions.PACES, and `looks` counts those of the pace per-look. `failure` is a
    google.rpc code and a message; a tuning that is to fail does so after `fails_at` steps.
    """

    id: str
    owner: str
    base_model: str
    examples: list[tuple[str, str]]
    hyperparameters: Hyperparameters
    operation_id: str
    create_time: float
    update_time: float
    display_name: str = ""
    description: str = ""
    source: str = ""
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    reader_project_numbers: list[int] = field(default_factory=list)
    permissions: dict[str, Permission] = field(default_factory=dict)
    pace: str = "real-time"
    step_seconds: float = 0.1
    looks: int = 0
    failure: tuple[int, str] | None = None
    fails_at: int | None = None

    @property
    def name(self) -> str:
        return f"tunedModels/{self.id}"

    @property
    def operation_name(self) -> str:
        return f"{self.name}/operations/{self.operation_id}"

    @property
    def total_steps(self) -> int:
        return self.hyperparameters.steps(len(self.examples))


class State:
    """Not thread-safe: only the server's event loop touches it."""

    def __init__(self, store: Store) -> None:
        self._clients: dict[str, Client] = {}
        self._codes = store.table("codes", Code)
        self._tokens = store.table("tokens", AccessToken)
        self._grants = store.table("grants", Grant)
        self._models = store.table("models", TunedModel)
        self._steps = store.table("steps", list[tuple[float, float]])
        self._keys = store.table("keys", dict[str, str])
        self.times = store.table("times", float)

    def add_client(self, client: Client) -> None:
        self._clients[client.id] = client

    def client(self, client_id: str) -> Client | None:
        return self._clients.get(client_id)

    def add_key(self, service_account: str, key_id: str, public_key: str) -> None:
        """A key of a service account, public part in PEM; its private part is not kept."""
        self._keys[service_account] = {**self.keys(service_account), key_id: public_key}

    def keys(self, service_account: str) -> dict[str, str]:
        """Public keys by key id."""
        return self._keys.get(service_account, {})

    def add_code(self, code: Code) -> str:
        text = "4/0A" + secrets.token_urlsafe(54)
        self._codes[text] = code
        return text

    def take_code(self, text: str) -> Code | None:
        """The code, once: a second exchange of the same code finds nothing."""
        return self._codes.pop(text, None)

    def add_grant(self, grant: Grant) -> None:
        if grant.refresh_token:
            self._grants[grant.refresh_token] = grant

    def grant(self, refresh_token: str) -> Grant | None:
        return self._grants.get(refresh_token)

    def rotate(self, grant: Grant) -> Grant:
        """A new refresh token for the old one, which is then unknown; access tokens stay."""
        del self._grants[grant.refresh_token]
        rotated = replace(grant, refresh_token=new_refresh_token())
        self._grants[rotated.refresh_token] = rotated
        for text, token in list(self._tokens.items()):
            if token.grant == grant:
                self._tokens[text] = replace(token, grant=rotated)
        return rotated

    def add_token(self, token: AccessToken) -> str:
        text = "ya29.a0" + secrets.token_urlsafe(120)
        self._tokens[text] = token
        return text

    def token(self, text: str) -> AccessToken | None:
        return self._tokens.get(text)

    def revoke(self, grant: Grant) -> None:
        """Forget a grant with every token issued under it."""
        self._grants.pop(grant.refresh_token, None)
        for text, token in list(self._tokens.items()):
            if token.grant == grant:
                del self._tokens[text]

    def revoke_all(self) -> None:
        self._grants.clear()
        self._tokens.clear()

    def expire_tokens(self) -> None:
        """Every access token is as if its hour had passed; the logins stay."""
        for text, token in list(self._tokens.items()):
            self._tokens[text] = AccessToken(token.grant, token.scopes, expires_at=0)

    def keep(self, model: TunedModel) -> None:
        """Add a model, or keep what has changed about it."""
        self._models[model.id] = model

    def steps(self, model: TunedModel) -> list[tuple[float, float]]:
        """What has been shown of the model's training: mean loss and time of each step."""
        return self._steps.get(model.id, [])

    def keep_steps(self, model: TunedModel, steps: list[tuple[float, float]]) -> None:
        self._steps[model.id] = steps

    def model(self, model_id: str) -> TunedModel | None:
        return self._models.get(model_id)

    def models(self) -> Iterator[TunedModel]:
        """In the order of their creation."""
        yield from self._models.values()

    def remove_model(self, model_id: str) -> None:
        self._steps.pop(model_id, None)  # first: nobody may find them under a new model
        del self._models[model_id]


def new_refresh_token() -> str:
    return "1//0" + secrets.token_urlsafe(72)


def new_id() -> str:
    """Twelve characters of base 36: Google's suffix of a model's id, and its operation ids."""
    return "".join(secrets.choice(BASE36) for _ in range(12))
