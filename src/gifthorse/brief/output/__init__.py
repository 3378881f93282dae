"""A brief for reading: on paper and as plain text."""
