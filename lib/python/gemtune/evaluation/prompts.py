"""Which prompts are to be asked: those of a file, less those whose answers are there."""

from __future__ import annotations

import json

from gemtune.dataset.columns import Keys
from gemtune.dataset.problem import say
from gemtune.dataset.reader import Reader
from gemtune.evaluation.answers import answered_lines, hold


def print_prompts(file: str, keys: Keys, answered: str | None = None, lock: int = -1) -> None:
    """Write what bash asks: a line "ANSWERED REFUSED TOTAL", then a JSON line for each prompt.

    `answered` is the file of a run that broke off: what stands there is left out here; `lock` is
    its descriptor. Raises Failure (9; 2 if `answered` is of others; 75 if it is being written).
    """
    if answered:
        hold(answered, lock)
    reader = Reader(file, keys, say)
    rows = [
        row for batch in reader.batches() for row in zip(batch.inputs, batch.outputs, strict=True)
    ]
    reader.refuse_bad()
    done, refused = answered_lines(answered, rows) if answered else (0, 0)
    print(done, refused, len(rows))
    for text, output in rows[done:]:
        print(json.dumps({"text_input": text} | ({"expected": output} if output else {})))
