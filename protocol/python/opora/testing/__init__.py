"""For the tests of plugins and integrations: a fake kernel, a bus that loses messages, plugins that run inside a test."""
from __future__ import annotations

from ._kernel import FakeKernel
from ._lossy import LossyBus
from ._request import Request
from ._running import RunningPlugin

__all__ = ["FakeKernel", "LossyBus", "Request", "RunningPlugin"]
