"""One function a chart, one specification for screen, PDF and deck."""

from altair.utils import schemapi

schemapi.disable_debug_mode()  # a chart is held to the schema once, whole, where it is written; not each of its parts
