"""A linear programme handed to HiGHS."""

from __future__ import annotations

from dataclasses import dataclass

from models.planning.linear import Programme

_ANY = 2**31 - 1
"""What HiGHS takes for any number of nodes."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """What HiGHS found: values by column (None without any), the proven upper end, and whether nothing is possible."""

    values: tuple[float, ...] | None
    bound: float | None
    infeasible: bool


def solved(made: Programme, *, gap: float = 0.0, nodes: int | None = None, seconds: float | None = None) -> Optimum:
    """Maximise the worth of a programme.

    Args:
        made: the programme.
        gap: the search ends when no solution can be better by more than this share.
        nodes: most nodes; None for any number.
        seconds: most seconds; None for any number. With a limit the result depends on the machine.
    """
    import numpy as np  # noqa: PLC0415 (HiGHS takes a third of a second to load, and few commands plan)
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    if not made.lower:
        return Optimum((), 0.0, any(most < 0 for most in made.most))
    worth = np.zeros(len(made.lower))
    worth[list(made.worth)] = list(made.worth.values())
    data = np.array([value for item in made.rows for value in item.values()], dtype=np.float64)
    column = np.array([number for item in made.rows for number in item], dtype=np.int64)
    ends = np.cumsum([0, *(len(item) for item in made.rows)])
    matrix = csr_array((data, column, ends), shape=(len(made.rows), len(made.lower)))
    found = milp(
        -worth,
        integrality=np.array(made.whole),
        bounds=Bounds(np.array(made.lower), np.array(made.upper)),
        constraints=LinearConstraint(matrix, ub=made.most) if made.rows else None,
        options={
            "mip_rel_gap": gap,
            "node_limit": _ANY if nodes is None else nodes,
            "time_limit": np.inf if seconds is None else seconds,
        },
    )
    bound = found.fun if found.status == 0 and not any(made.whole) else found.get("mip_dual_bound")
    proven = None if bound is None or not np.isfinite(bound) else -float(bound)
    values = None if found.x is None else tuple(float(value) for value in found.x)
    return Optimum(values, proven, found.x is None and found.status == 2)  # noqa: PLR2004 (scipy's code for infeasible)
