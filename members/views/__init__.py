"""What members and those who want to join see."""
