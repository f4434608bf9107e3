"""A year as people write it; a module of its own, since most answers tell years and no other dates."""

from mali_chrono.dates.spoken import spoken


def year_words(year: int) -> str:
    """Give a year, numbered with a year 0, as people write it: "2012", "900 AD", "500 BC"."""
    if tongue := spoken():
        from mali_chrono.dates import notation  # noqa: PLC0415 - English needs none of it

        return notation.unit_words(year, None, None, tongue)
    if year < 1:
        return f"{1 - year} BC"
    return str(year) if year > 999 else f"{year} AD"
