"""The page at /: what this is, how to point a client at it, the models and the last requests.

Plain HTML that draws itself anew: every two seconds while something is being tuned, else every
ten. No script, nothing remote. Beside it client_secret.json, as Google's console hands it out.
"""

from __future__ import annotations

import shlex
import unicodedata
from collections.abc import Sequence
from html import escape
from pathlib import Path

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from gemtune.emulator import datadir, hosts, html_page, loss_curve
from gemtune.emulator.clock import timestamp
from gemtune.emulator.intake.journal import Entry, Journal
from gemtune.emulator.services import Service
from gemtune.emulator.tuning.job import Job
from gemtune.emulator.tuning.progress import CANCELLED, DONE, FAILED
from gemtune.emulator.tuning.tuning import Tuning

MODELS, REQUESTS, LONGEST = 50, 30, 200
"""How many models and requests are shown, the latest first, and how much of a text."""

_SHADES = {DONE: "good", FAILED: "bad", CANCELLED: "bad"}
_STYLE = """
:root { --dim: #595959; --line: #8888; --curve: #2456b8; --bad: #b3261e; --good: #1b6e35 }
@media (prefers-color-scheme: dark) { :root { --dim: #a8a8a8; --curve: #8ab4f8; --bad: #f2a19b;
--good: #7fd197 } }
body { max-width: 60rem } h1 { margin-bottom: 0 } h2 { margin-top: 2rem }
section, pre { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem;
margin: 1rem 0 } pre { overflow-x: auto; overflow-wrap: normal; font-size: .85rem }
h3 { display: flex; justify-content: space-between; gap: 1rem; margin: 0; font-size: 1rem }
.note { color: var(--dim); font-size: .85rem; margin: .2rem 0 } progress { width: 100% }
.bad { color: var(--bad) } .good { color: var(--good) }
table { border-collapse: collapse; font-size: .85rem; width: 100% }
td { border-top: 1px solid var(--line); vertical-align: top } td:last-child { padding: 0 }
td:first-child, td:last-child, h3 span { white-space: nowrap }
@media (max-width: 40rem) { pre { white-space: pre-wrap; overflow-wrap: anywhere } }
"""


class FrontPage:
    def __init__(
        self, services: Sequence[Service], journal: Journal, data_dir: Path, auth: str
    ) -> None:
        self._services = services
        self._journal = journal
        self._data_dir = data_dir
        self._auth = auth

    def routes(self) -> list[Route]:
        return [Route("/", self.answer), Route("/client_secret.json", self.client_file)]

    async def client_file(self, request: Request) -> Response:
        """Its URLs name the emulator as the caller does, who may be on another machine."""
        text = (self._data_dir / "client_secret.json").read_text()
        here = datadir.read_host_port(self._data_dir)
        text = text.replace(f'"http://{here}/', f'"http://{request.url.netloc}/')
        return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})

    async def answer(self, request: Request) -> HTMLResponse:
        every = [
            (service, tuning, service.tunings.job(tuning))
            for service in self._services
            if service.tunings is not None
            for tuning in service.tunings
        ]
        latest = every[-MODELS:]
        shown = [_tuning(*one) for one in reversed(latest)]
        busy = any(job.is_under_way for _, _, job in latest)
        clients = _local_clients if hosts.is_loopback(request.url.netloc) else _remote_clients
        body = f"""<h1>gemtune emulator</h1>
<p>Google's OAuth and Gemini tuning services, imitated on this machine. It is not Gemini: a tuned
model here is a small learner that knows the examples it was taught, and nothing goes to
Google.</p>
<h2>Point a client at it</h2>
{clients(request.url, self._data_dir, self._auth)}
<h2>Tuned models</h2>
{"".join(shown) or "<p>None yet.</p>"}{_rest(len(every) - len(shown))}
<h2>Last requests</h2>
{_requests(self._journal)}"""
        return html_page.page(
            "gemtune emulator", body, style=_STYLE + loss_curve.STYLE, refresh=2 if busy else 10
        )


def _tuning(service: Service, tuning: Tuning, job: Job) -> str:
    losses, chosen = job.losses(), tuning.hyperparameters
    exhibit = service.exhibit(tuning, job.glance())
    origin = f"{_shown(exhibit.origin)}," if exhibit.origin else ""
    shade = _SHADES.get(job.phase, "")
    failure = f"<p class=bad>{_shown(job.failure[1])}</p>" if job.failure else ""
    return f"""<section><h3><code>{escape(exhibit.name)}</code>
<span class="{shade}">{escape(exhibit.state)}</span></h3>
<p class=note>{_shown(exhibit.note)}</p>
<progress max={job.total_steps} value={len(losses)}></progress>
<p class=note>step {len(losses)} of {job.total_steps}; examples: {len(tuning.examples)}, epochs:
{chosen.epoch_count}, batch size: {chosen.batch_size}, learning rate:
{chosen.learning_rate:g}; {origin}
{timestamp(tuning.create_time)[:16].replace("T", " ")} UTC</p>
{failure}{loss_curve.svg(losses, job.total_steps)}</section>"""


def _local_clients(here: URL, data_dir: Path, auth: str) -> str:
    """Lines to paste. The key itself is not on the page."""
    url = f"http://{here.netloc}"
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


def _remote_clients(here: URL, _data_dir: Path, _auth: str) -> str:
    """For a reader on another machine; gemtune goes to its own machine only, so by a tunnel."""
    url, port = f"http://{here.netloc}", here.port or 80
    lines = [f"curl -O {url}/client_secret.json", ""]
    lines += ['curl -H "Authorization: Bearer $access_token" \\']
    lines += [f'     -H "x-goog-user-project: any" {url}/v1beta/tunedModels', ""]
    lines += ["# gemtune, with the emulator's port brought to your machine:"]
    lines += [f"ssh -N -L {port}:127.0.0.1:{port} {here.hostname} &"]
    lines += [f"export GEMTUNE_EMULATOR_HOST=127.0.0.1:{port}"]
    return f"<pre>{escape(chr(10).join(lines))}</pre>"


def _shown(text: str) -> str:
    """At most LONGEST characters, as HTML; those that hide, turn or end a line are spelt out."""
    plain = "".join(
        letter if unicodedata.category(letter)[0] != "C" else ascii(letter)[1:-1]
        for letter in text[:LONGEST]
    )
    return escape(plain + "…" * (len(text) > LONGEST))


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
        f"<tr><td>{escape(entry['method'])}</td><td><code>{_shown(entry['path'])}</code></td>"
        f'<td class="{shade}">{told}</td></tr>'
    )
