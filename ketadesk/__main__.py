"""`python -m ketadesk` is the command `ketadesk`."""

from ketadesk.cli import main

if __name__ == "__main__":
    main()
