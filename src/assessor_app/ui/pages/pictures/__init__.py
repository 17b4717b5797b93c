"""All pictures of a visit at a readable size: to be saved, copied, or read as a table."""
