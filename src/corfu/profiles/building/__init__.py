"""From rows that were understood and checked to the organization they describe, by subject."""
