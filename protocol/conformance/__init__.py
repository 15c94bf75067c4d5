"""The conformance runner of `opora/1`: shows what a kernel does, case by case, over its public sockets alone."""
