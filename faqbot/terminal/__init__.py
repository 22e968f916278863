"""What is shown at a terminal: the chat, the review, and the extraction with its report."""
