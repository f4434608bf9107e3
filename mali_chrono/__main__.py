"""`python -m mali_chrono` is `chrono`."""

from mali_chrono.cli import main

if __name__ == "__main__":
    main()
