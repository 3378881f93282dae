"""What the office does, step by step: one file per procedure. The only place where rooms and store meet, and the only code that writes.

Each procedure takes the actor, checks the permission, writes its records and exactly one ledger entry in one transaction.
"""
