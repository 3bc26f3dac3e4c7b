"""What is read, in forms for others: the JSON of the contract, its schema, and the brief for people."""
