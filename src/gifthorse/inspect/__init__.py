"""INSPECT: what people bring. Bytes become findings, findings a verdict. Knows bytes and no database."""
