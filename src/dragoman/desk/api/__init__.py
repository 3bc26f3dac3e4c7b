"""The desk for programs: the same record as JSON under /api/v1, one router a group; docs/api.md is its manual."""
