"""What a document says, in order, without saying how it looks: the tree that PDF and web page are made from."""
