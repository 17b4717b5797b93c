"""The parts of the verifier: what is required of a document, one room for each kind of ground."""
