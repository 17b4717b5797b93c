"""The register of institutions and units: looked through, mended, filled from tables."""
