"""Who may sign in at the desk: users, sessions, tokens and the audit log, in a store of their own (docs/decisions)."""
