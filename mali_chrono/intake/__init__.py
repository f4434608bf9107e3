"""Tables that others keep: a file of rows, read by a map that says what its columns tell."""
