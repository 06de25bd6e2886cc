"""The learner learns: its loss is measured, and its answers are what it was taught."""

from __future__ import annotations

import math

import pytest

from conftest import PAIRS
from gemtune.emulator.tuning.learner import LIMIT, Learner


def curve(epochs: int = 5, batch: int = 2, rate: float = 0.001) -> list[float]:
    return list(Learner(PAIRS).train(epochs, batch, rate))


@pytest.mark.parametrize("batch", [1, 2, 4, 15, 16, 64])
def test_after_five_epochs_every_taught_example_is_answered_exactly(batch: int) -> None:
    learner = Learner(PAIRS)
    list(learner.train(5, batch, 0.001))
    assert [learner.answer(text) for text, _ in PAIRS] == [output for _, output in PAIRS]


def test_text_in_any_script_is_taught_and_answered() -> None:
    pairs = [("六", "七"), ("스물둘", "스물셋"), ("🙂", "🙃"), ("", "empty"), ("a\nb", "tab\there")]
    learner = Learner(pairs)
    list(learner.train(5, 2, 0.001))
    assert [learner.answer(text) for text, _ in pairs] == [output for _, output in pairs]


def test_the_first_loss_is_that_of_a_blind_guess_among_the_bytes_seen() -> None:
    alphabet = {byte for _, output in PAIRS for byte in output.encode()}
    assert curve()[0] == pytest.approx(math.log(len(alphabet) + 1), abs=1e-5)


def test_the_loss_falls_at_a_sane_rate() -> None:
    losses = curve()
    assert losses[-1] < losses[len(losses) // 2] < losses[0] / 2


def test_a_tiny_rate_leaves_the_curve_flat() -> None:
    losses = curve(rate=0.000001)
    assert losses[0] - losses[-1] < 0.02


@pytest.mark.parametrize("rate", [1.0, 1e30, 3e38])
def test_an_absurd_rate_diverges_into_large_but_finite_numbers(rate: float) -> None:
    losses = curve(rate=rate)
    assert losses[-1] > 1000 * losses[0]
    assert all(0 <= loss <= LIMIT for loss in losses)


def test_more_epochs_fit_better() -> None:
    assert curve(epochs=10)[-1] < curve(epochs=5)[-1] < curve(epochs=2)[-1]


def test_the_same_request_gives_the_same_curve() -> None:
    assert curve() == curve()


@pytest.mark.parametrize(
    ("epochs", "batch", "steps"),
    [(5, 2, 38), (5, 4, 19), (3, 2, 23), (3, 4, 12), (50, 4, 188), (100, 4, 375)],
)
def test_batches_run_on_over_the_ends_of_epochs(epochs: int, batch: int, steps: int) -> None:
    """The step counts recorded in Google's notebooks, for fifteen examples."""
    assert len(curve(epochs, batch)) == steps


def test_an_untaught_input_is_answered_with_something_short() -> None:
    learner = Learner(PAIRS)
    list(learner.train(5, 2, 0.001))
    assert len(learner.answer("LXIII")) <= 2 * max(len(output) + 1 for _, output in PAIRS)


def test_a_batch_larger_than_the_chunk_trains_like_any_other() -> None:
    pairs = [(f"question {n}", f"answer {n} " * 10) for n in range(40)]
    learner = Learner(pairs)
    list(learner.train(8, 40, 0.001))
    assert [learner.answer(text) for text, _ in pairs] == [output for _, output in pairs]


@pytest.mark.parametrize("rate", [0.001, 1e-40])
def test_a_learner_that_has_finished_is_smaller_and_answers_the_same(rate: float) -> None:
    learner = Learner(PAIRS)
    list(learner.train(2, 4, rate))
    texts = [*(text for text, _ in PAIRS), "never seen", ""]
    before, size = [learner.answer(text) for text in texts], learner._weights.nbytes
    learner.finish()
    assert [learner.answer(text) for text in texts] == before
    assert learner._weights.nbytes < size / 4
