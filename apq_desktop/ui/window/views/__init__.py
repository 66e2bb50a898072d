"""What stands in the middle of the window: the open evaluation, the open library, the pages over them."""
