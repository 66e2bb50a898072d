"""What is made of an evaluation: packs, single files, sheets to print."""
