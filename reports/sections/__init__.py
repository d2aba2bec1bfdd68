"""One module a section of the report: from an Evaluation to blocks."""
