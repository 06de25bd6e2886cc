"""The users of a run: each with a HOME, a login, a ledger and a TMPDIR of their own."""

from __future__ import annotations

import json
import os
from pathlib import Path

from campaign.emulator import ROOT, Emulator
from campaign.observation import Machine
from campaign.plan import Plan
from gemtune.auth import token_cache

FAKE = Path(__file__).parent / "fake"
MARK = "CAMPAIGN_RUN"


def make(folder: Path, emulator: Emulator, cached: bool) -> tuple[Machine, str]:
    """The machine and its access token, which lies in its cache where `cached`."""
    machine = Machine(folder / "home", folder / "data", folder / "tmp")
    for path in (machine.home, machine.data, machine.tmp):
        path.mkdir(parents=True, mode=0o700)
    login = emulator.sign_in()
    client = {name: emulator.client[name] for name in ("client_id", "client_secret")}
    user = {**client, "type": "authorized_user", "refresh_token": login["refresh_token"]}
    credentials = machine.data / "application_default_credentials.json"
    whole = {"account": "", **user, "universe_domain": "googleapis.com"}
    _private(credentials, json.dumps(whole))
    of_client = (emulator.data / "client_secret.json").read_text()
    _private(machine.data / "client_secret.json", of_client)
    if cached:
        folder_name = str(credentials).replace("/", "%").removesuffix(".json")[-200:]
        key = token_cache.Key(str(credentials), credentials.stat().st_mtime_ns)
        token = token_cache.Token(login["access_token"], int(login["asked"]) + login["expires_in"])
        token_cache.write_token(machine.data / "tokens" / folder_name / "token", key, token)
    return machine, login["access_token"]


def environment(
    machine: Machine, emulator: Emulator, plan: Plan, gemtune: Path, python: str
) -> dict[str, str]:
    """All that a client sees: nothing of whoever runs the campaign."""
    return {
        "PATH": f"{FAKE}:{gemtune.parent}:{os.environ['PATH']}",
        "HOME": str(machine.home),
        "TMPDIR": str(machine.tmp),
        "TERM": "dumb",
        "LANG": "C.UTF-8",
        "GEMTUNE_PYTHON": f"{FAKE}/python",
        "GEMTUNE_EMULATOR_HOST": emulator.host,
        "GEMTUNE_EMULATOR_DATA_DIR": str(machine.data),
        "GEMTUNE_PROJECT": "gemtune-emulator",
        "BROWSER": f"{FAKE}/browser %s",
        "CAMPAIGN_PYTHON": python,
        "CAMPAIGN_PAUSE": str(plan.pause),
        "CAMPAIGN_LAG": str(plan.lag),
    }


def gemtune_of(checkout: Path | None) -> Path:
    return (checkout or ROOT) / "bin/gemtune"


def _private(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)


def refresh_token(machine: Machine) -> str:
    written = json.loads((machine.data / "application_default_credentials.json").read_text())
    return str(written["refresh_token"])
