"""`python -m kcharts`: the command line."""

import sys

from kcharts.cli import main

sys.exit(main())
