"""What filesystems hold: listed by the Sleuth Kit and, where something could hide from it, by a second reader of our own."""
