"""Check and send: what is worth a look, for whom, making the packs, and what was sent before."""
