"""The kernels that cases share: their settings, and who may connect."""
from conformance.desk import KNOWN_UID, Desk, keypair

#: Identities with a key, and their roles. `owner` needs none: it is whoever runs the kernel.
IDENTITIES = {
    "admin": ["operator"],
    "plug": ["plugin", "hooking"],
    "plug2": ["plugin", "hooking"],
    "plain": ["plugin"],
    "watcher": ["reporter"],
    "partner": ["integrator"],
    "delegate": ["integrator", "delegating"],
    "narrow": ["narrow"],
    "paced": ["paced"],
    "hasty": ["paced", "hasty"],
    "denied": ["denied"],
    "portal": ["requester"],
    "mover": ["mover"],
    "keeper": ["keeper"],
    # The names that the vectors use.
    "plugin1": ["plugin", "hooking"],
    "plugin2": ["plugin", "hooking"],
    "reader": ["reporter"],
    "integrator": ["integrator"],
}

#: Roles beside those that a kernel has by itself.
ROLES = {
    "hooking": {"methods": [], "hooks": ["*"]},
    "delegating": {"methods": ["user.get"], "rights": ["on_behalf_of"]},
    "narrow": {"methods": ["events.read", "consumer.*", "kernel.health"], "streams": ["ticket"]},
    "paced": {"methods": ["ticket.*", "user.list"], "rate": {"per_s": 1, "burst": 3}},
    "hasty": {"methods": ["group.list"], "rate": {"per_s": 1000, "burst": 1000}},
    "denied": {"methods": ["ticket.*"], "deny": ["ticket.close"]},
    "keeper": {"methods": ["key.*", "ticket.*"]},
    "tickets": {"methods": ["ticket.get"]},
    "mover": {"methods": ["import.apply", "ticket.*"], "rights": ["import"]},
}

#: What the settings of a kernel have beside its identities.
SETTINGS = {
    "main": {"tcp": {"rpc": "tcp://127.0.0.1:*", "events": "tcp://127.0.0.1:*"}},
    "clock": {},
    "hooks": {"hooks": {"ticket.before_assign": {"on_failure": "closed"}}},
    "limits": {"limits": {"inflight": 8, "unread_bytes": 65_536, "consumer_lag": 100}},
}


class Worlds:
    """Makes kernels, and keeps those that are shared until the end of the run."""

    def __init__(self, oporad):
        self.oporad = oporad
        self.made = []
        self.keys = {name: keypair() for name in [*IDENTITIES, "stranger"]}

    def identities(self, **more):
        """The identities of a configuration; `more` maps further names to roles."""
        listed = [
            {"name": name, "key": self.keys.setdefault(name, keypair())[0].decode(), "roles": roles}
            for name, roles in {**IDENTITIES, **more}.items()]
        return [*listed, {"name": "neighbour", "uid": str(KNOWN_UID), "roles": ["reporter"]}]

    def settings(self, **more):
        return {"identities": self.identities(), "roles": ROLES, **more}

    def make(self, settings=None, arguments=("--conformance",)):
        """A kernel of its own, not started."""
        desk = Desk(self.oporad, self.keys, self.settings(**(settings or {})), arguments)
        self.made.append(desk)
        return desk

    def close(self):
        """Ends every kernel that was made and still runs."""
        for desk in self.made:
            desk.close()
