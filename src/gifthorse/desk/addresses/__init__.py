"""The addresses of the desk by area, each with the sections of the rail that lead to them."""
