"""What two devices recorded differently, and the choice between it."""
