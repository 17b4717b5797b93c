"""What is missing, what was found, who receives it; and closing the visit."""
