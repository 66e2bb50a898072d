"""The sections of the document, one module each, in the order that ``outline`` gives them."""
