"""The way of a report: intake, parse, clauses, actors, events, context, when, where, attribution, reader."""
