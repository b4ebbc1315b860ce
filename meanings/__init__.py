"""What the rules take a sentence to mean: learnt from the sentences in this folder."""
