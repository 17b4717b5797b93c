"""How secrets are sealed: passphrase and recovery slots, files in authenticated chunks."""
