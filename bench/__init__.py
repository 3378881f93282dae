"""One file per claim: our figure and a peer's in the same run."""
