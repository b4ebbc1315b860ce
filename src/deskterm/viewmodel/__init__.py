"""The state of each pane of the console, without a screen."""
