"""What every file format of the product is made of: a closed, frozen model and the kinds of text and figures in it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([._-][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Reason = Annotated[str, Field(max_length=2000)]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Level = Annotated[int, Field(ge=0, le=10)]
Grade = Literal["strong", "moderate", "weak", "assumption"]


class Model(BaseModel):
    """Frozen, strict, and closed to unknown keys; the sentence below a field is its help in a JSON Schema."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class Weighted(Model):
    """A weight and the sentence that defends it."""

    weight: Positive
    """How much it counts, beside the others of its kind; above 0."""
    because: Text
    """One sentence that defends the weight."""


class RangeText(Model):
    """A low, likely and high figure."""

    low: float = Field(allow_inf_nan=False)
    """The low end; one case in twenty lies below it."""
    mode: float = Field(allow_inf_nan=False)
    """The likeliest figure, between the two ends."""
    high: float = Field(allow_inf_nan=False)
    """The high end; one case in twenty lies above it."""

    @model_validator(mode="after")
    def _ordered(self) -> RangeText:
        if not self.low <= self.mode <= self.high:
            message = "a range needs low <= mode <= high"
            raise ValueError(message)
        return self
