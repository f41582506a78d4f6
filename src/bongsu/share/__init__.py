"""What leaves: every exit asks `release`."""
