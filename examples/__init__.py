"""A worked example: a fictional regional hospital network, fully answered."""

from pathlib import Path

EXAMPLE = Path(__file__).parent / "regional-hospital-network.json"
