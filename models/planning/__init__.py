"""The plan as an integer programme: what starts in which quarter, under the team's limits and demands."""
