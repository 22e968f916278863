"""A conversation: what a message means after those before it, and what is said beside the answers."""
