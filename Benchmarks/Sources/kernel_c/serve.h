// The whole path of a ticket.create in plain C.
#pragma once

/// Answers on `rpc` and publishes on `events` until SIGTERM.
int serve(const char *database, const char *recording, const char *rpc, const char *events);
