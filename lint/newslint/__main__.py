"""``python -m newslint``: the command."""

from newslint.cli.start import main

if __name__ == "__main__":
    main()
