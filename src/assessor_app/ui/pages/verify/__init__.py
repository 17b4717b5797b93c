"""The verifier: a PDF in, a verdict out."""
