"""Least squares of the Universal Scalability Law under its bounds: once by scipy, and for many resamples at a time.

Everything here is plain arrays. A row of figures is (lambda, sigma, kappa) of
X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)); :mod:`models.scalability` gives them their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from models.distributions import FloatArray

FIGURES = 3
"""Figures that are fitted, so the points leave n - 3 degrees of freedom."""
_FIRST_SIGMA, _FIRST_KAPPA = 0.01, 1e-4
_TOLERANCE = 1e-14
_SMALLEST_RATE, _FIRST_RATE = 1e-30, 1e-20
_STEPS = 60
_SETTLED = 1e-9
_SAME = 1e-9
_FLATTEST = 1e-12
_CHUNK = 100_000
"""Cells that are refitted at a time, so that memory does not grow with the number of points."""
_GENTLE, _STIFF = 1e-12, 1e9


def curve(figures: FloatArray, load: FloatArray) -> FloatArray:
    """Return X(N): ``figures`` has the shape (..., 3), ``load`` (n,), the result (..., n)."""
    rate, sigma, kappa = (figures[..., index, None] for index in range(FIGURES))
    below = 1.0 + sigma * (load - 1.0) + kappa * load * (load - 1.0)
    return np.asarray(rate * load / below, dtype=np.float64)


def slopes(figures: FloatArray, load: FloatArray) -> FloatArray:
    """Return the derivatives of X(N) by lambda, sigma and kappa; shape (..., n, 3)."""
    rate, sigma, kappa = (figures[..., index, None] for index in range(FIGURES))
    below = 1.0 + sigma * (load - 1.0) + kappa * load * (load - 1.0)
    by_rate = load / below
    by_sigma = -rate * load * (load - 1.0) / below**2
    return np.stack([by_rate, by_sigma, by_sigma * load], axis=-1)


def bounded_fit(load: FloatArray, throughput: FloatArray) -> FloatArray:
    """Return lambda > 0, sigma and kappa in [0, 1] of least squares, by scipy; shape (3,).

    Throughput is scaled by its maximum. The better of two starts stands: lambda = max(X / N), sigma .01, kappa 1e-4,
    and the parabola N / X = a + b N + c N^2 (Gunther 2007, chapter 5), which also starts well at loads in thousands.
    """
    from scipy.optimize import least_squares  # noqa: PLC0415 (a tenth of a second that only a fit needs)

    top = float(throughput.max())
    scaled = throughput / top
    best, least = np.zeros(FIGURES), np.inf
    for start in (np.array([float((scaled / load).max()), _FIRST_SIGMA, _FIRST_KAPPA]), _parabola(load, scaled)):
        found = least_squares(
            partial(_missed, load=load, throughput=scaled),
            np.maximum(start, [_FIRST_RATE, 0.0, 0.0]),
            jac=partial(slopes, load=load),
            bounds=([_SMALLEST_RATE, 0.0, 0.0], [np.inf, 1.0, 1.0]),
            x_scale="jac",
            ftol=_TOLERANCE,
            xtol=_TOLERANCE,
            gtol=_TOLERANCE,
            max_nfev=500,
        )
        if found.cost < least:
            best, least = np.asarray(found.x, dtype=np.float64), float(found.cost)
    return np.asarray(_on_the_bounds(best, load, scaled) * np.array([top, 1.0, 1.0]), dtype=np.float64)


def _missed(figures: FloatArray, load: FloatArray, throughput: FloatArray) -> FloatArray:
    return curve(figures, load) - throughput


def _parabola(load: FloatArray, scaled: FloatArray) -> FloatArray:
    c, b, a = np.polyfit(load, load / scaled, 2)
    rate = 1.0 / max(a + b + c, _FLATTEST)
    kappa = np.clip(c * rate, 1e-9, 0.999)
    return np.array([rate, np.clip((b + c) * rate, 1e-9, 0.999), kappa])


def _on_the_bounds(figures: FloatArray, load: FloatArray, scaled: FloatArray) -> FloatArray:
    """Return the figures, polished, with those that the interior method left just inside a bound set on it."""
    polished: FloatArray = refits(load, scaled[None, :], figures)[0]
    least = _error(polished[None, :], load, scaled[None, :])[0]
    for index in (1, 2):
        for bound in (0.0, 1.0):
            tried = polished.copy()
            tried[index] = bound
            if _error(tried[None, :], load, scaled[None, :])[0] <= least * (1.0 + _SAME) + _SAME**2:
                polished = tried
    return polished


def refits(load: FloatArray, throughputs: FloatArray, start: FloatArray) -> FloatArray:
    """Return the bounded least squares of many throughputs at the same loads, by damped Gauss-Newton steps.

    A figure at a bound that its gradient pushes outwards is held there; the others step. A step that does not lower
    the error is taken back and the next one is shorter.

    Args:
        load: loads, shape (n,).
        throughputs: one row a resample, shape (r, n).
        start: lambda, sigma, kappa to start from, shape (3,).

    Returns:
        lambda, sigma, kappa of each resample, shape (r, 3).
    """
    figures = np.tile(start, (len(throughputs), 1))
    damping = np.full(len(throughputs), 1e-3)
    error = _error(figures, load, throughputs)
    moving = np.ones(len(throughputs), dtype=bool)
    for _ in range(_STEPS):
        rows = np.flatnonzero(moving)
        if not rows.size:
            break
        tried = _stepped(figures[rows], damping[rows], load, throughputs[rows])
        after = _error(tried, load, throughputs[rows])
        better = after < error[rows]
        small = (np.abs(tried - figures[rows]) <= _SETTLED * (np.abs(tried) + 1e-9)).all(axis=1)
        damping[rows] = np.where(better, np.maximum(damping[rows] / 10.0, _GENTLE), damping[rows] * 10.0)
        figures[rows[better]], error[rows[better]] = tried[better], after[better]
        moving[rows] = ~small & (damping[rows] < _STIFF)
    return figures


def _error(figures: FloatArray, load: FloatArray, throughputs: FloatArray) -> FloatArray:
    return np.asarray(((curve(figures, load) - throughputs) ** 2).sum(axis=1), dtype=np.float64)


def _stepped(figures: FloatArray, damping: FloatArray, load: FloatArray, throughputs: FloatArray) -> FloatArray:
    """Return the figures after one damped step within the bounds."""
    slope = slopes(figures, load)
    gradient = np.einsum("rni,rn->ri", slope, curve(figures, load) - throughputs)
    low, high = np.array([_SMALLEST_RATE, 0.0, 0.0]), np.array([np.inf, 1.0, 1.0])
    held = ((figures <= low) & (gradient > 0)) | ((figures >= high) & (gradient < 0))
    normal = np.einsum("rni,rnj->rij", slope, slope)
    size = np.maximum(np.einsum("rii->ri", normal), 1e-300)
    unit = 1.0 / np.sqrt(size)  # each figure in its own scale: kappa is often a thousand times smaller than sigma
    scaled = normal * unit[:, :, None] * unit[:, None, :]
    free = ~held
    scaled = scaled * (free[:, :, None] & free[:, None, :])
    index = np.arange(FIGURES)
    scaled[:, index, index] = np.where(held, 1.0, scaled[:, index, index] + damping[:, None])
    step = np.linalg.solve(scaled, (-gradient * unit * free)[:, :, None])[:, :, 0] * unit
    return np.asarray(np.clip(figures + step, low, high), dtype=np.float64)


def resampled(
    load: FloatArray, throughput: FloatArray, figures: FloatArray, count: int, rng: np.random.Generator
) -> FloatArray:
    """Return the figures of ``count`` tests that could have been seen, refitted; shape (count, 3).

    A test repeated at the same loads would miss its curve by s_i sqrt((n - 3) / chi2) z, z standard normal and chi2
    with n - 3 degrees of freedom. For a straight model the refitted figures then have exactly the t intervals with
    n - 3 degrees of freedom; here they keep the law's bend and its bounds besides. To draw whole points again would
    leave out the ends of six points more often than not, and to draw their residuals again would take six residuals,
    small because three figures were fitted to them, for the whole truth.

    Whether a load test errs by so many requests or by so many per cent is not known: s_i is the same at every load or a
    share of the curve, each in as many of the resamples as it is likely, given what the points miss.
    """
    freedom = len(load) - FIGURES
    fitted = curve(figures, load)
    spreads, likely = _errors(load, throughput, figures)
    share = 1.0 / (1.0 + np.exp(np.clip(likely[0] - likely[1], -50.0, 50.0)))
    spread = np.where(rng.random((count, 1)) < share, spreads[1], spreads[0])
    noise = rng.standard_normal((count, len(load))) * np.sqrt(freedom / rng.chisquare(freedom, size=(count, 1)))
    top = float(throughput.max())
    scaled = np.array([top, 1.0, 1.0])
    seen, start = (fitted + spread * noise) / top, figures / scaled
    rows = max(1, _CHUNK // len(load))
    parts = [refits(load, seen[first : first + rows], start) for first in range(0, count, rows)]
    return np.asarray(np.concatenate(parts) * scaled, dtype=np.float64)


def _errors(load: FloatArray, throughput: FloatArray, figures: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return, for an even error and for one in proportion, its size at each load (2, n) and its log-likelihood (2,).

    The likelihood is that of what the fitted figures leave (restricted maximum likelihood): the misses are turned into
    the n - 3 directions Q that the figures cannot reach, where their covariance is s^2 Q'VQ.
    """
    fitted = curve(figures, load)
    basis = np.linalg.qr(slopes(figures, load) / np.abs(slopes(figures, load)).max(axis=0), mode="complete")[0]
    free = basis[:, FIGURES:]
    left = free.T @ (throughput - fitted)
    shapes = np.stack([np.full_like(fitted, fitted.max()), fitted])
    sizes, likely = np.empty_like(shapes), np.empty(len(shapes))
    for index, shape in enumerate(shapes):
        within = free.T @ (free * shape[:, None] ** 2)
        square = float(left @ np.linalg.solve(within, left))
        sizes[index] = shape * np.sqrt(square / len(left))
        likely[index] = -0.5 * np.linalg.slogdet(within)[1] - 0.5 * len(left) * np.log(max(square, 1e-300))
    return sizes, likely


def share_of_spread(throughput: FloatArray, fitted: FloatArray) -> float:
    """Return R^2: the share of the spread of the throughputs that the curve follows."""
    around = float(((throughput - throughput.mean()) ** 2).sum())
    return 1.0 - float(((throughput - fitted) ** 2).sum()) / around


def ends(values: FloatArray, low: float, high: float) -> Sequence[float]:
    """Return two quantiles as values that occur, so that one without an end stays infinite."""
    order = np.sort(values)
    last = len(order) - 1
    return [float(order[round(share * last)]) for share in (low, high)]


def limits(draws: FloatArray) -> FloatArray:
    """Return X* of each row of lambda, sigma, kappa; infinite where nothing bends the curve; shape (r,)."""
    rate, sigma, kappa = draws.T
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        peak = np.maximum(1.0, np.sqrt((1.0 - sigma) / kappa))
        at_peak = rate * peak / (1.0 + sigma * (peak - 1.0) + kappa * peak * (peak - 1.0))
        amdahl = np.where(sigma > 0.0, rate / np.maximum(sigma, 1e-300), np.inf)
    return np.where(np.isfinite(at_peak) & (kappa > 0.0), at_peak, amdahl)


def peaks(draws: FloatArray) -> FloatArray:
    """Return N* of each row of lambda, sigma, kappa; infinite without a peak; shape (r,)."""
    _, sigma, kappa = draws.T
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.where(
            kappa > 0.0, np.maximum(1.0, np.sqrt((1.0 - sigma) / kappa)), np.where(sigma < 1.0, np.inf, 1.0)
        )
