"""The words that all rooms share. Imports nothing else of ours; knows no Django, file, clock, socket or random source."""
