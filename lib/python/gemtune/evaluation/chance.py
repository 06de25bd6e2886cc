"""How much of a result may be chance."""

from __future__ import annotations

from math import comb, sqrt

Z = 1.959963984540054
"""Of the normal distribution, for 95 %."""


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share: Wilson's score interval, without correction.

    It stays between 0 and 1 and holds for few trials too (E. B. Wilson, "Probable inference, the
    law of succession, and statistical inference", 1927).
    """
    share = hits / trials
    middle = share + Z * Z / (2 * trials)
    margin = Z * sqrt(share * (1 - share) / trials + Z * Z / (4 * trials * trials))
    scale = 1 + Z * Z / trials
    low = 0.0 if hits == 0 else (middle - margin) / scale
    high = 1.0 if hits == trials else (middle + margin) / scale
    return low, high


def mcnemar(only_first: int, only_second: int) -> float:
    """The probability that chance alone parts two models so far: McNemar's exact test, two-sided.

    `only_first` and `only_second` count the cases that one of them alone answers right; were the
    models equally good, each such case would be a throw of a coin.
    """
    trials, fewer = only_first + only_second, min(only_first, only_second)
    tail: int = sum(comb(trials, hits) for hits in range(fewer + 1))
    return min(1.0, float(2 * tail / 2**trials))
