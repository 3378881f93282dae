"""USB devices by what they say about themselves and what they were seen to do on the wire. Nothing here talks to a device."""
