"""Names that vulture takes for unused: arguments whose names a caller of ours or Django's prescribes."""

initial = exception = trace = attrs = None
_ = (initial, exception, trace, attrs)
