"""Controllers: what does the console commands that belong to no single pane."""
