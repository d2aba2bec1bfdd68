"""The pages of the app, one file a page, and the few modules that they share."""
