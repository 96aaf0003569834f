"""`python -m kcharts`: the command line."""

import sys

from kcharts.cli import main

if __name__ == "__main__":
    sys.exit(main())
