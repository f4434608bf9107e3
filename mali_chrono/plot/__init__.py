"""Pictures: what an answer holds, laid out as marks on a sheet (all numbers), drawn by Vega."""
