"""The table by which languages are told apart, made from the lists of words in this folder."""
