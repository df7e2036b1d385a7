"""Word files (WordprocessingML, ECMA-376 part 1, both the transitional and the strict kind)."""
