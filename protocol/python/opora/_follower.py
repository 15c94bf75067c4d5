"""Reads the log for a plugin and hands every event over until it is dealt with."""
from __future__ import annotations

import logging

from ._batch import Batch
from ._consumer import Consumer
from ._errors import Closed, OporaError
from ._event import AnyEvent
from ._rejections import EpochMismatch, LeaseLost
from ._scope import Scope
from ._session import PluginClient
from .plugin import Plugin

log = logging.getLogger("opora.plugin")

#: Seconds between tries of an event that waits for the kernel or for another plugin, or that made the plugin fail.
RETRY = (0.1, 0.3, 1.0, 3.0, 10.0)


class Follower:
    """A plugin's durable consumer at work."""

    def __init__(self, plugin: Plugin, client: PluginClient, scope: Scope) -> None:
        self._plugin = plugin
        self._client = client
        self._scope = scope

    def _consumer(self) -> Consumer:
        plugin = self._plugin
        return Consumer(
            self._client, plugin.name, start=plugin.start, streams=plugin.streams or (), types=plugin.types, scope=self._scope)

    def ensure(self) -> None:
        """Makes the plugin's consumer where there is none."""
        self._consumer().close()

    def follow(self) -> None:
        """Reads until the scope is closed."""
        while not self._scope.is_closed:
            try:
                with self._consumer() as consumer:
                    self._follow(consumer)
            except EpochMismatch:
                log.warning("the history of the log changed")
                self._plugin.log_changed()
            except OporaError as error:
                if not error.retryable:
                    raise
                self._scope.pause(RETRY[0])

    def _follow(self, consumer: Consumer) -> None:
        # Not a plain loop over the consumer: a batch that failed must not count as dealt with.
        while (batch := consumer.next()) is not None:
            if batch.is_parked:
                self._try_again(consumer, batch)
                iter(consumer)
            elif not self._deal(consumer, batch):
                iter(consumer)

    def _try_again(self, consumer: Consumer, batch: Batch) -> None:
        """Hands over what was set aside, each event by itself: what fails again stays set aside."""
        for event in batch:
            try:
                if self._scope.is_closed or batch.is_lost:
                    return
                is_done = self._handle(event, batch)
            except Closed:
                return
            if is_done:
                consumer.take_away(event)

    def _deal(self, consumer: Consumer, batch: Batch) -> bool:
        """Hands a batch over; False where the kernel is to give it again, from the first event that is not dealt with."""
        done: AnyEvent | None = None
        for event in batch:
            try:
                is_done = not self._scope.is_closed and not batch.is_lost and self._handle(event, batch)
            except Closed:
                is_done = False
            if not is_done:
                if done is not None:
                    self._ack(consumer, done)
                return False
            done = event
        return True

    def _ack(self, consumer: Consumer, event: AnyEvent) -> None:
        try:
            consumer.ack(event)
        except LeaseLost:
            log.info("the lease was lost", extra={"seq": event.seq})

    def _handle(self, event: AnyEvent, batch: Batch) -> bool:
        """Hands an event over. What may succeed later is tried until it does: it is not the event's fault."""
        tries = 0
        while not batch.is_lost:
            try:
                self._plugin.handle(event, batch)
                return True
            except Closed:
                raise
            except OporaError as error:
                if not error.retryable:
                    return self._failed(event)
                log.info("an event waits", extra={"seq": event.seq, "reason": str(error)})
            except Exception:
                return self._failed(event)
            self._scope.pause(RETRY[min(tries, len(RETRY) - 1)])
            tries += 1
        return False

    def _failed(self, event: AnyEvent) -> bool:
        """The kernel spaces further deliveries of the event, and sets it aside in the end."""
        log.exception("an event could not be dealt with", extra={"seq": event.seq, "deliveries": event.deliveries})
        self._scope.pause(RETRY[0])
        return False
