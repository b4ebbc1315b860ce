"""The reply check: rule packs, detectors, and the engine that joins them. Pure."""
