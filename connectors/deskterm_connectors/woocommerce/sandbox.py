"""The simulated shop's WooCommerce, as the sandbox looks for it. Loads its server only to start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from deskterm.sandbox.faces import FaceAccount, Place, ShownWorld


class WooCommerceFace:
    """The REST API on loopback, with TLS; see `deskterm.sandbox`."""

    channel = "woocommerce"
    account = "webshop"

    def secrets(self, token: str) -> Mapping[str, str]:
        """The secret half of the pair of keys."""
        return {"consumer_secret": f"cs_{_made(token, 'consumer_secret')}"}

    async def start(self, world: ShownWorld, place: Place) -> FaceAccount:
        """Listen; all orders are there at once."""
        from deskterm.mail.tls import server_context
        from deskterm.sandbox.proxy import LOOPBACK
        from deskterm.sandbox.web import WebServer
        from deskterm_connectors.woocommerce.sandbox_api import PROMISE_KEY, Api
        from deskterm_connectors.woocommerce.sandbox_shop import ShownShop

        secrets = self.secrets(place.token)
        key = f"ck_{_made(place.token, 'consumer_key')}"
        api = Api(key, secrets["consumer_secret"], ShownShop(world), place)
        server = WebServer(api.answer, server_context(place.certified))
        port = await place.misbehaviour.wire(self.channel, await server.start())
        fields = {
            "url": f"https://{LOOPBACK}:{port}",
            "consumer_key": key,
            "promise_key": PROMISE_KEY,
            "tls_ca_file": str(place.ca_file),
        }
        return FaceAccount(self.channel, self.account, fields, secrets)


def _made(token: str, what: str) -> str:
    return hashlib.sha256(f"{token}/woocommerce/{what}".encode()).hexdigest()[:40]


FACE = WooCommerceFace()
