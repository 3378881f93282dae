"""Drawings that the server makes: numbers become coordinates here, and templates set them as SVG with attributes and classes alone."""
