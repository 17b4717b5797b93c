"""Evidence: files taken in, kept in the vault, shown, handed over, and swept."""
