"""The page at /: what this is, how to point a client at it, the models and the last requests.

Plain HTML that draws itself anew: every two seconds while something is being tuned, else every
ten. No script, nothing remote.
"""

from __future__ import annotations

import shlex
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from gemtune.emulator import curve, pages
from gemtune.emulator.clock import timestamp
from gemtune.emulator.journal import Entry, Journal
from gemtune.emulator.state import State, TunedModel
from gemtune.emulator.tuning.tunings import Tunings

MODELS, REQUESTS = 50, 30
"""How many of each are shown, the latest first."""

_STYLE = """
:root { color-scheme: light dark } body { max-width: 60rem; overflow-wrap: anywhere }
h1 { margin-bottom: 0 } h2 { margin-top: 2rem } section, pre { border: 1px solid #8886;
border-radius: .5rem; padding: .6rem 1rem; margin: 1rem 0 } pre { overflow-x: auto;
overflow-wrap: normal; font-size: .85rem } section h3 { margin: 0; font-size: 1rem }
.note { color: #777; font-size: .85rem; margin: .2rem 0 } progress { width: 100% }
svg { width: 100%; height: 7rem; border-bottom: 1px solid #8888; border-left: 1px solid #8888 }
polyline { fill: none; stroke: #36c; stroke-width: 2; vector-effect: non-scaling-stroke }
.state { float: right; padding-left: 1rem } .FAILED, .bad { color: #c33 } .ACTIVE { color: #283 }
table { border-collapse: collapse; font-size: .85rem; width: 100% }
td { border-top: 1px solid #8884; vertical-align: top }
td:first-child, td:last-child { white-space: nowrap }
"""


class FrontPage:
    def __init__(
        self, state: State, tunings: Tunings, journal: Journal, data_dir: Path, auth: str
    ) -> None:
        self._state = state
        self._tunings = tunings
        self._journal = journal
        self._data_dir = data_dir
        self._auth = auth

    def routes(self) -> list[Route]:
        return [Route("/", self.answer)]

    async def answer(self, request: Request) -> HTMLResponse:
        every = list(self._state.models())
        models = every[-MODELS:]
        shown = [self._model(model) for model in reversed(models)]
        busy = any(self._tunings.job(model).state == "CREATING" for model in models)
        url = str(request.base_url).rstrip("/")
        body = f"""<h1>gemtune emulator</h1>
<p>Google's OAuth and Gemini tuning services, imitated on this machine. It is not Gemini: a tuned
model here is a small learner that knows the examples it was taught, and nothing leaves this
machine.</p>
<h2>Point a client at it</h2>
{_clients(url, self._data_dir, self._auth)}
<h2>Tuned models</h2>
{"".join(shown) or "<p>None yet.</p>"}{_rest(len(every) - len(shown))}
<h2>Last requests</h2>
{_requests(self._journal)}"""
        return pages.page("gemtune emulator", body, style=_STYLE, refresh=2 if busy else 10)

    def _model(self, model: TunedModel) -> str:
        job = self._tunings.job(model)
        losses = job.losses()
        tuning = model.hyperparameters
        failure = f"<p class=bad>{escape(job.failure[1])}</p>" if job.failure else ""
        return f"""<section><h3><span class="state {job.state}">{job.state}</span>
<code>{escape(model.name)}</code></h3>
<p class=note>{escape(model.display_name)} {escape(model.description)}</p>
<progress max={job.total_steps} value={len(losses)}></progress>
<p class=note>step {len(losses)} of {job.total_steps}, {len(model.examples)} examples,
{tuning.epoch_count} epochs in batches of {tuning.batch_size}, learning rate
{tuning.learning_rate:g}, from {escape(model.source or model.base_model)}, by
{escape(model.owner)}, {timestamp(model.create_time)[:19]}Z</p>
{failure}{curve.svg(losses, job.total_steps)}</section>"""


def _clients(url: str, data_dir: Path, auth: str) -> str:
    """Lines to paste. The key itself is not on the page."""
    directory = shlex.quote(str(data_dir))
    lines = [f'eval "$(gemtune emulator env-init --data-dir={directory})"']
    lines += [f"gemtune auth login --client-id-file={directory}/client_secret.json"]
    if auth != "oauth":
        lines += [f'curl -H "x-goog-api-key: $(cat {directory}/api_key)" {url}/v1beta/models']
    lines += [
        'curl -H "Authorization: Bearer $(gemtune auth print-access-token)" \\',
        f'     -H "x-goog-user-project: any" {url}/v1beta/tunedModels',
        f"curl {url}/_emulator/faults   # the failures that can be planned",
    ]
    if auth != "oauth":
        lines += ["", "# Python, google-generativeai:", 'genai.configure(transport="rest",']
        lines += [f"    api_key=open({str(data_dir / 'api_key')!r}).read().strip(),"]
        lines += [f'    client_options={{"api_endpoint": "{url}"}})']
    return f"<pre>{escape(chr(10).join(lines))}</pre>"


def _rest(more: int) -> str:
    return f"<p class=note>and {more} older ones</p>" if more > 0 else ""


def _requests(journal: Journal) -> str:
    rows = "".join(_row(entry) for entry in journal.latest(REQUESTS))
    return f"<table>{rows}</table>" if rows else "<p>None yet.</p>"


def _row(entry: Entry) -> str:
    status, fault = entry.get("status", 0), entry.get("fault", "")
    shade = "bad" if fault or status >= 400 else ""
    told = f"{status or ''} {'planned fault' if fault else ''}"
    return (
        f"<tr><td>{escape(entry['method'])}</td><td><code>{escape(entry['path'][:200])}</code></td>"
        f'<td class="{shade}">{told}</td></tr>'
    )
