"""REPORT: what people tell us. Pure: knows no Django, file, clock or socket."""
