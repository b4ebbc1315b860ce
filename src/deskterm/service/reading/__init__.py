"""Reading for a screen: bounded queries whose results are plain data with clean text."""
