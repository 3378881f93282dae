"""Files that people bring, read at the door into the model's words."""
