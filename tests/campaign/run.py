"""One run from its plan: set up, let loose, wait, ask again in peace, and look at what is there."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import requests

from campaign import machine as machines
from campaign import processes
from campaign.client import Client, Gate
from campaign.emulator import Emulator
from campaign.observation import Machine, Observation, Outcome
from campaign.plan import Command, EmulatorKill, Plan
from campaign.scenes.scene import pairs
from campaign.settling import again, questions

OUTLIVED = 5.0
"""Seconds that a process of the run may go on after the last client."""
FRIEND = {"granteeType": "USER", "role": "READER", "emailAddress": "friend@example.com"}


class Run:
    """`gemtune`: the command that is tried. `folder` is made, and belongs to the run."""

    def __init__(
        self, plan: Plan, emulator: Emulator, folder: Path, gemtune: Path, python: str
    ) -> None:
        self.plan, self.emulator, self.folder = plan, emulator, folder
        self.gemtune, self.python = gemtune, python
        self.mark = f"{folder.name}-{time.monotonic_ns()}"
        self.shared = folder / "shared"
        self.argv: set[str] = set()
        self._logs = 0

    def play(self) -> Observation:
        self.shared.mkdir(parents=True)
        self._set_up()
        first = self.emulator.models()
        for fault in self.plan.faults:
            self.emulator.control("faults", fault)
        outcomes = self._let_loose()
        left = processes.left_after(self.mark, OUTLIVED)
        journal = self.emulator.look("requests")["requests"]
        self._make_peace()
        seen = Observation(self.plan, self.machines, self.shared, outcomes, first=first, left=left)
        seen.journal = journal
        seen.met = self.emulator.models()
        seen.ledgers = [machine.ledger_lines for machine in self.machines]
        seen.files, seen.leftovers = seen.texts(), seen.temporary()
        seen.again = [self._alone(command) for command in again(seen)]
        seen.settled = [self._alone(command) for command in questions(seen)]
        seen.models = self.emulator.models()
        seen.files_again = seen.texts()
        seen.dead_logins = {n for n, token in enumerate(self.logins) if not self._alive(token)}
        seen.argv = self.argv
        return seen

    def _set_up(self) -> None:
        self.emulator.control("reset", {})
        self.machines: list[Machine] = []
        self.logins: list[str] = []
        for number in range(self.plan.machines):
            folder = self.folder / f"machine{number}"
            machine, token = machines.make(folder, self.emulator, self.plan.cached)
            self.machines.append(machine)
            self.logins.append(machines.refresh_token(machine))
        for path, text in self.plan.files.items():
            Path(self._filled(path, self.machines[0])).write_text(text)
        models = [
            {"id": name, "displayName": name, "examples": pairs(name, 4), "permissions": [FRIEND]}
            for name in self.plan.ready
        ]
        if models:
            self.emulator.control("seed", {"tunedModels": models})
        for name in self.plan.tuning:
            self.emulator.create(name, token)

    def _let_loose(self) -> list[Outcome]:
        keeper = threading.Thread(target=self._kill_emulator, args=(self.plan.kills,))
        gate = Gate(self.folder / "gate")
        clients = [self._start(command, gate.words) for command in self.plan.commands]
        gate.open_for(len(clients))
        began, looked = time.monotonic(), 0.0
        keeper.start()
        due = sorted(self.plan.strikes, key=lambda strike: strike.after)
        while [client for client in clients if client.running()]:
            now = time.monotonic() - began
            while due and due[0].after <= now:
                strike = due.pop(0)
                clients[strike.client].strike(strike.signal, strike.group)
            if now - looked > 0.15:
                looked = now
                self.argv |= {line for _, line in processes.of(self.mark)}
            time.sleep(0.01)
        keeper.join()
        gate.close()
        return [client.outcome() for client in clients]

    def _kill_emulator(self, kills: Sequence[EmulatorKill]) -> None:
        for kill in kills:
            time.sleep(kill.after)
            self.emulator.kill()
            time.sleep(kill.down)
            self.emulator.start()

    def _make_peace(self) -> None:
        """Nothing planned any more; the models stay."""
        models = self.emulator.look("snapshot")
        self.emulator.control("reset", {})
        if models["tunedModels"]:
            self.emulator.control("seed", models)

    def _alone(self, command: Command) -> Outcome:
        client = self._start(command)
        while client.running():
            time.sleep(0.005)
        return client.outcome()

    def _start(self, command: Command, before: Sequence[str] = ()) -> Client:
        machine = self.machines[command.machine]
        words = [self._filled(word, machine) for word in command.words]
        filled = {name: self._filled(text, machine) for name, text in command.facts.items()}
        env = machines.environment(machine, self.emulator, self.plan, self.gemtune, self.python)
        env[machines.MARK] = self.mark
        self._logs += 1
        logs = self.folder / f"client{self._logs}"
        told = Command(command.verb, tuple(words), command.machine, filled)
        return Client(told, [*before, str(self.gemtune), *words], env, logs)

    def _filled(self, text: str, machine: Machine) -> str:
        places = {"{home}": machine.home, "{data}": machine.data, "{shared}": self.shared}
        for name, path in places.items():
            text = text.replace(name, str(path))
        return text

    def _alive(self, refresh_token: str) -> bool:
        with contextlib.suppress(requests.RequestException):
            return self.emulator.refresh(refresh_token)
        return False
