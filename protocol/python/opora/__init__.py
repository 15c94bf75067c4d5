"""The protocol opora/1 for Python: clients, durable consumers, live tails and plugins of an Opora desk.

    from opora import Client

    with Client() as client:
        print(client.ticket.create(subject="It hums")["ticket"]["id"])
"""
from __future__ import annotations

from . import _errors, _rejections, events, types
from ._aio import AsyncClient
from ._aio_consumer import AsyncConsumer
from ._aio_tail import AsyncTail
from ._batch import Batch
from ._client import Client
from ._consumer import Consumer
from ._errors import *  # noqa: F403
from ._event import AnyEvent, Event, EventType
from ._following import Place
from ._group import UNSET
from ._location import Endpoint, KeyPair, Location, RemoteKernel, RunFolder
from ._rejections import *  # noqa: F403
from ._steps import CallOptions

from ._tail import Tail
from ._wire import PROTOCOL, Header

__version__ = "1.0.0"

__all__ = [
    "PROTOCOL", "UNSET", "AnyEvent", "AsyncClient", "AsyncConsumer", "AsyncTail", "Batch", "CallOptions", "Client", "Consumer",
    "Endpoint", "Event", "EventType", "Header", "KeyPair", "Location", "Place", "RemoteKernel", "RunFolder", "Tail", "events",
    "types",
]
__all__ += _errors.__all__
__all__ += _rejections.__all__
