"""One function a chart, one specification for screen, PDF and deck."""
