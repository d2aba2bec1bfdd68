"""What makes a page reproducible: the content of everything that it was made from, and every version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from pydantic import BaseModel

from assessment.answers import Assessment
from assessment.questionnaire import Questionnaire
from models.initiatives import InitiativeFile
from models.parameters import ParameterFile

PRODUCT_VERSION = "0.2.0"
_PLACE = {"follows", "report"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a page reproducible: the hash of the inputs, and every version and setting that moves a figure."""

    inputs_hash: str
    questionnaire_version: str
    initiatives_version: str
    parameters_version: str
    policies_version: str
    product_version: str
    seed: int
    paths: int


def identity(
    questionnaire: Questionnaire,
    assessment: Assessment,
    initiatives: InitiativeFile,
    parameters: ParameterFile,
    paths: int,
    seed: int,
) -> Identity:
    """Return the hash and versions that let any page be reproduced."""
    return Identity(
        inputs_hash=content_hash(questionnaire, assessment, initiatives, parameters),
        questionnaire_version=questionnaire.version,
        initiatives_version=initiatives.version,
        parameters_version=parameters.version,
        policies_version=questionnaire.rules.policies_version,
        product_version=PRODUCT_VERSION,
        seed=seed,
        paths=paths,
    )


def content_hash(*models: BaseModel) -> str:
    """Return the SHA-256 (64 hex digits) of the models' content, the same whatever the order of their keys.

    Which assessment of a workspace one follows, and how its report looks, move no figure and leave no trace in it.
    """
    digest = hashlib.sha256()
    for model in models:
        content = json.dumps(
            model.model_dump(mode="json", exclude=_PLACE), sort_keys=True, separators=(",", ":"), allow_nan=False
        )
        digest.update(content.encode() + b"\n")
    return digest.hexdigest()
