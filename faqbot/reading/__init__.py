"""Documents in any format to blocks, and blocks to an article: numbered paragraphs of sentences."""
