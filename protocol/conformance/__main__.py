"""`python -m conformance`, run from the folder `protocol`."""
import sys

from conformance.cli import main

sys.exit(main())
