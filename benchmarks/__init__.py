"""What Corfu claims about speed, measured beside what people would use instead: `make bench`."""
