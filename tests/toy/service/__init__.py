"""A tuning service that nobody has, and words that are nobody's: a folder of services/ like any."""

from __future__ import annotations

from functools import partial

from gemtune.emulator.front import paging
from gemtune.emulator.front.call import Call, Json
from gemtune.emulator.services import House, Service
from gemtune.emulator.tuning.progress import Progress
from gemtune.emulator.tuning.tuning import Hyperparameters, Tuning
from gemtune.emulator.wire.errors import ApiError
from gemtune.emulator.wire.kinds import FLOAT, INT32, STRING, Message, Repeated
from gemtune.emulator.wire.method import Method

STAGES = {"QUEUED": "waiting", "RUNNING": "learning", "DONE": "ready", "FAILED": "broken"}
PAIR = Message("toy.Pair", {"ask": STRING, "say": STRING})
HOW = {"laps": INT32, "handful": INT32, "speed": FLOAT}
JOB = Message("toy.Job", {"label": STRING, "pairs": Repeated(PAIR), **HOW})
SHOWN = Message("toy.Shown", {})
SCOPES = frozenset({"https://www.googleapis.com/auth/cloud-platform"})
method = partial(Method, scopes=SCOPES, response=SHOWN, versions=("toy",))
METHODS = (
    method("jobs.list", "GET", "jobs", "Jobs.List", query={"limit": INT32, "after": STRING}),
    method("jobs.create", "POST", "jobs", "Jobs.Create", body=JOB),
    method("jobs.get", "GET", "{job=jobs/*}", "Jobs.Get"),
    method("jobs.delete", "DELETE", "{job=jobs/*}", "Jobs.Delete"),
    method("jobs.ask", "POST", "{job=jobs/*}:ask", "Jobs.Ask", body=PAIR),
)


def shown(job: Tuning, now: Progress) -> Json:
    marks = [{"n": s.step, "lap": s.epoch, "miss": s.mean_loss} for s in now.snapshots]
    known = {"label": job.id, "stage": STAGES[now.phase], "born": job.create_time}
    return {**known, "done": len(marks), "of": now.total_steps, "marks": marks}


def service(house: House) -> Service:
    tunings = house.tunings(Tuning, "toys", "toy_steps")

    def find(call: Call) -> Tuning:
        if found := tunings.get(call.name.removeprefix("jobs/")):
            return found
        raise ApiError(404, f"there is no {call.name}")

    def list(call: Call) -> Json:
        after, limit = call.query.get("after", ""), call.query.get("limit", 10)
        jobs, more = paging.following(tunings, lambda job: job.id, after, limit)
        return {"jobs": [shown(job, tunings.job(job).glance()) for job in jobs], "more": more}

    def create(call: Call) -> Json:
        given = {"label": "", "pairs": [], "laps": 5, "handful": 4, "speed": 0.001, **call.message}
        if not given["label"] or not given["pairs"] or tunings.get(given["label"]):
            raise ApiError(409 if given["pairs"] else 400, "pairs, and a label of its own")
        how, born = Hyperparameters(*(given[name] for name in HOW)), house.clock.now()
        pairs = [(pair.get("ask", ""), pair.get("say", "")) for pair in given["pairs"]]
        job = Tuning(id=given["label"], examples=pairs, hyperparameters=how, create_time=born)
        return shown(job, tunings.start(job))

    def delete(call: Call) -> Json:
        tunings.remove(find(call))
        return {}

    async def get(call: Call) -> Json:
        return shown(job := find(call), await tunings.job(job).look())

    async def ask(call: Call) -> Json:
        if (said := await tunings.job(find(call)).answer(call.message.get("ask", ""))) is None:
            raise ApiError(409, f"{call.name} is not ready")
        return {"say": said}

    does = {f"jobs.{do.__name__}": do for do in (list, create, get, delete, ask)}
    return Service(
        host="toy.test", package="toy", title="Toy", methods=METHODS, handlers=does, tunings=tunings
    )
