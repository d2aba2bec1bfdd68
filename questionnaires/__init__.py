"""Knowledge as data: the built-in questionnaire and its initiatives."""

from pathlib import Path

FOLDER = Path(__file__).parent
QUESTIONNAIRE = FOLDER / "healthcare-platform.yaml"
INITIATIVES = FOLDER / "initiatives.yaml"
AUTHORING = FOLDER / "authoring.yaml"
