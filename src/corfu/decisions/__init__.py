"""What was adopted, by whom, when, and under which number."""
