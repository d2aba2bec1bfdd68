"""What a team's own records say of its deployments and incidents: readers of its exports, and the records they give."""
