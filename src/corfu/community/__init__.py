"""Who takes part: participants, delegations and their people, keys, chairs."""
