"""A library of received packs: opened, received into, read and answered."""
