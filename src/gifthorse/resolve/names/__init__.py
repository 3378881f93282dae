"""Names in all scripts, taken apart into parts that can be compared: never more than a lead, see `weights.json`."""
