"""One visit out of this device into a sealed file, and out of such a file into this store."""
