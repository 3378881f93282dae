"""STORE: what is remembered. Tables, ledger, vault, checkpoints, backup."""
