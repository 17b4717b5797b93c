"""Content to PDF pages, and PDF pages back to what a verifier needs."""
