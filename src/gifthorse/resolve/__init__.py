"""RESOLVE: whether two contacts, as reported, may be one person; names are read here and nowhere near a score. Suggests, never joins."""
