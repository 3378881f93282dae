"""How each language writes dates, where Django's own way doesn't suit a house that works with many countries."""
