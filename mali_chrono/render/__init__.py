"""View -> text: writers, then pages. A renderer returns a string and knows no stream; rich is used only here."""
