"""What stands in a check for objects that stay in the student's kernel. Runs in the referee's process."""
