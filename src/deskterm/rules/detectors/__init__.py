"""The detectors, one module per family; `table` has them by name, as rule packs name them."""
