"""Economics: parameters, distributions, cost curves, finance, the plan and the whole evaluation."""
