"""The web: parses what comes in, calls a procedure, and renders; it decides and writes nothing itself."""
