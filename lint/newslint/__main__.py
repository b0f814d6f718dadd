"""``python -m newslint``: the command."""

from newslint.cli.main import main

if __name__ == "__main__":
    main()
