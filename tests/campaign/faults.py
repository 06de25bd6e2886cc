"""What goes wrong on the way to the service and back, drawn as orders for /_emulator/faults."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

Order = dict[str, Any]

ERRORS = (
    *("overloaded", "overloaded", "internal", "html", "rate-limit", "rate-limit-metric"),
    *("quota-per-minute", "quota-per-minute-without-delay", "quota-per-day", "api-off"),
    *("project-denied", "project-unknown", "key-blocked"),
)
ODD: tuple[Order, ...] = (
    {"status": 204},
    {"status": 302, "headers": {"Location": "https://login.example/"}, "body": "<html></html>"},
    {"status": 200, "body": "<html><title>Sign in to the Wi-Fi</title></html>"},
    {"status": 200, "body": {}},
    {"status": 200, "body": []},
    {"status": 200, "body": {"name": "tunedModels/x\n2026-01-01T00:00:00Z\tforged\tx\taccepted"}},
    {"status": 200, "body": "null"},
    {"status": 401},
    {"status": 404},
    {"status": 400},
    {"status": 502, "body": ""},
    {"status": 503, "headers": {"Retry-After": "3"}},
    {"status": 504, "body": "upstream request timeout"},
)
WIRES = ("reset", "reset", "empty", "truncated", "wrong-length", "stall", "drip")


def draw(rng: random.Random, targets: Sequence[Order]) -> tuple[Mapping[str, Any], ...]:
    """None to six, for `targets`: members that say which requests they strike."""
    if rng.random() < 0.15:
        return ()
    return tuple(_one(rng, rng.choice(targets)) for _ in range(rng.choice([1, 1, 2, 2, 3, 4, 6])))


def _one(rng: random.Random, target: Order) -> Order:
    order: Order = {**target, "when": rng.choice(["before", "after"])}
    kind = rng.random()
    if kind < 0.4:
        order["error"] = rng.choice(ERRORS)
    elif kind < 0.7:
        order["wire"] = rng.choice(WIRES)
        if order["wire"] == "drip":  # a long answer would take half a minute
            order |= {"status": 503, "body": "{}"}
    else:
        order |= rng.choice(ODD)
        if order["status"] < 300 and not _may_lie(target):
            order["when"] = "after"
    if order.get("error") in ERRORS[4:] or order.get("status") in (400, 401, 404):
        order["when"] = "before"  # who acts and says in so many words that it does not is believed
    if rng.random() < 0.15:
        order["count"] = rng.randint(2, 8)
    return order


def _may_lie(target: Order) -> bool:
    """Whether a client could see that nothing was done: an answer of "done" is all there is to most
    deeds, but a look, a token and a started tuning have an answer of their own kind."""
    return target.get("method") == "GET" or target.get("path") in ("/token", "/v1beta/tunedModels")


def stalls(orders: Sequence[Mapping[str, Any]]) -> bool:
    return any(order.get("wire") == "stall" for order in orders)


def unreadable(orders: Sequence[Mapping[str, Any]]) -> bool:
    """Whether an answer may come that no client can make sense of: no temporary trouble."""
    odd = any("status" in o and "error" not in o or o.get("error") == "html" for o in orders)
    return odd or any(o.get("wire") in ("empty", "truncated", "wrong-length") for o in orders)
