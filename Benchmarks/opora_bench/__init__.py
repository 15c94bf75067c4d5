"""The benchmark of the kernel: it starts programs, lets them take turns, and judges what they took."""
