"""STORE: what is remembered. Tables, ledger, vault, checkpoints, backup."""

from gifthorse.store.sqlite import use_fixed_sqlite

# Here, since Django imports its apps before it opens any database, whichever door started it: web worker, job worker, command, test.
use_fixed_sqlite()
