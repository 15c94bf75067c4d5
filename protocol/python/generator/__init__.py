"""Makes the typed part of the package `opora` from the schemas of the protocol."""
