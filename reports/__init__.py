"""An evaluation in words, charts and pages. Nothing here imports the app or the store."""
