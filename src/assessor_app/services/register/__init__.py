"""The register of institutions and units: kept in the store, filled from tables and by hand."""
