"""A copy of what a gift says without what it could do: pictures re-encoded, documents rebuilt from what they look like, text as text.

Confined workers decode; what they send is of three harmless kinds (`facts.py`), is checked again by the coordinator (`checks.py`) and
written under harmless names (`names.py`, `writing.py`). What can't be made so is left out, with the reason in `manifest.json`.
"""
