"""BRIEF: before a trip, from the facts of a situation to advice; each sentence carries the fact that asked for it and its source."""
