"""What the public reads of an organisation: countries, structures, rules, stories."""
