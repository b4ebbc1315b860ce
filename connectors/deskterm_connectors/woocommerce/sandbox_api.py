"""The simulated shop's REST API: `/wp-json/wc/v3`, as far as reading and notes go."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from deskterm.sandbox.faces import Place
from deskterm.sandbox.stories import Remark
from deskterm.sandbox.web import Request, Response
from deskterm_connectors.woocommerce.sandbox_auth import Gate, NotSignedIn
from deskterm_connectors.woocommerce.sandbox_goods import product_json, variation_json
from deskterm_connectors.woocommerce.sandbox_json import (
    PROMISE_KEY,
    ShownOrder,
    fulfilments_json,
    notes_json,
    order_json,
    refunds_json,
)
from deskterm_connectors.woocommerce.sandbox_people import customer_json
from deskterm_connectors.woocommerce.sandbox_query import (
    Refused,
    invalid,
    listed,
    moment,
    number,
    numbers,
    one_of,
)
from deskterm_connectors.woocommerce.sandbox_shop import STATUSES, ShownShop, Wanted
from deskterm_connectors.woocommerce.sandbox_values import Json

__all__ = ["PROMISE_KEY", "Api"]

T = TypeVar("T")

_CHANNEL = "woocommerce"
_ROOT = "/wp-json/wc/v3"
_RETRY_S = 2
_MOST = 100
_USER = "admin"
_LONGEST_NOTE = 65_535  # bytes
_PAGE = b"<!DOCTYPE html><html><head><style>a{b:c}</style></head><body>One moment...</body></html>"
_WARNING = (
    b"<br />\n<b>Warning</b>:  Undefined array key 3 in <b>/srv/wp/x.php</b> on line 7<br />\n"
)
_DRIFT = {"status": "wc-awaiting-owl", "shipping": [], "customer_id": "", "new_field": {"a": None}}


class Api:
    """Answers calls. Everything but reading and writing notes is refused.

    Args:
        key: and `secret`: the pair that is let in.
        place: its switches spoil answers, and its journal is told of orders shown.
    """

    def __init__(self, key: str, secret: str, shop: ShownShop, place: Place) -> None:
        self._gate = Gate(key, secret)
        self._shop = shop
        self._place = place
        self._shown: set[tuple[int, datetime]] = set()
        self._routes: Sequence[tuple[re.Pattern[str], Callable[..., object]]] = [
            (re.compile(pattern), handle)
            for pattern, handle in (
                (r"/orders", self._orders),
                (r"/orders/statuses", self._statuses),
                (r"/orders/(\d+)", self._order),
                (r"/orders/(\d+)/notes", self._notes),
                (r"/orders/(\d+)/refunds", self._refunds),
                (r"/orders/(\d+)/fulfillments", self._fulfilments),
                (r"/products", self._products),
                (r"/products/(\d+)", self._product),
                (r"/products/(\d+)/variations", self._variations),
                (r"/customers", self._customers),
                (r"/system_status", self._system),
            )
        ]

    def answer(self, request: Request) -> Response:
        """The answer to one call."""
        happens = self._place.misbehaviour.happens
        path = request.path.removeprefix(_ROOT)
        if happens("rate_limit", _CHANNEL, path=path):
            return Response(429, _PAGE, {"Retry-After": str(_RETRY_S), "Content-Type": "text/html"})
        if happens("html_page", _CHANNEL, path=path):
            return Response(403, _PAGE, {"Content-Type": "text/html; charset=UTF-8"})
        if happens("server_error", _CHANNEL, path=path):
            body = {"code": "internal_server_error", "message": "Critical error.", "data": 500}
            return _json(request, 500, body)
        try:
            self._admit(request)
            response = self._dispatch(request, path)
        except Refused as refused:
            response = _json(request, refused.status, refused.body)
        if happens("warning_first", _CHANNEL, path=path):
            return Response(response.status, _WARNING + response.body, response.headers)
        return response

    def _admit(self, request: Request) -> None:
        if self._place.misbehaviour.happens("refuse_login", _CHANNEL):
            raise Refused(401, "woocommerce_rest_authentication_error", "Told to refuse.")
        try:
            self._gate.admit(request)
        except NotSignedIn as error:
            raise Refused(401, error.code, error.text) from None

    def _dispatch(self, request: Request, path: str) -> Response:
        if request.path.startswith(_ROOT):
            for pattern, handle in self._routes:
                if found := pattern.fullmatch(path):
                    if request.method == "POST" and handle == self._notes:
                        return self._write_note(request, *map(int, found.groups()))
                    if request.method != "GET":
                        text = "Sorry, you are not allowed to do this."
                        raise Refused(401, "woocommerce_rest_cannot_edit", text)
                    given = handle(request, *map(int, found.groups()))
                    return given if isinstance(given, Response) else _json(request, 200, given)
        text = "No route was found matching the URL and request method."
        raise Refused(404, "rest_no_route", text)

    # Orders

    def _orders(self, request: Request) -> Response:
        statuses = listed(request, "status")
        known = {"any", "trash", *STATUSES}
        if unknown := [status for status in statuses if status not in known]:
            raise invalid("status", f"status[0] is not one of {', '.join(sorted(unknown))}")
        orderby = one_of(request, "orderby", "date", "modified", "id", "include", "title", "slug")
        found = self._shop.list(
            Wanted(
                modified_after=moment(request, "modified_after"),
                modified_before=moment(request, "modified_before"),
                after=moment(request, "after"),
                before=moment(request, "before"),
                statuses=statuses,
                include=numbers(request, "include"),
                exclude=numbers(request, "exclude"),
                customer=number(request, "customer", 0, 0, 10**9),
                search=request.first("search"),
                orderby=orderby,
                ascending=one_of(request, "order", "desc", "asc") == "asc",
            )
        )
        return _page(request, found, lambda shown: self._show(request, shown))

    def _order(self, request: Request, order_id: int) -> object:
        return self._show(request, self._one(order_id))

    def _notes(self, request: Request, order_id: int) -> object:
        kind = one_of(request, "type", "any", "customer", "internal")
        notes = notes_json(self._one(order_id))
        return [n for n in notes if kind == "any" or n["customer_note"] == (kind == "customer")]

    def _write_note(self, request: Request, order_id: int) -> Response:
        """A note to the customer is mailed at once; here the world's journal gets it."""
        shown = self._one(order_id)
        try:
            asked = json.loads(request.body)
        except ValueError:
            asked = None
        if not isinstance(asked, dict) or not isinstance(asked.get("note"), str):
            raise Refused(400, "rest_missing_callback_param", "Missing parameter(s): note")
        if len(asked["note"].encode()) > _LONGEST_NOTE:
            code = "woocommerce_api_cannot_create_order_note"
            raise Refused(500, code, "Cannot create order note, please try again.")
        author = _USER if asked.get("added_by_user") is True else ""
        to_customer = asked.get("customer_note") is True
        now = datetime.now(UTC).replace(microsecond=0)
        self._shop.remark(order_id, Remark(now, author, asked["note"], to_customer))
        written = next(
            n for n in notes_json(shown) if n["id"] == order_id * 100 + len(shown.remarks)
        )
        if to_customer:
            self._place.journal.note(
                "taken", _CHANNEL, id=str(written["id"]), order=shown.order.ref
            )
            if self._shop.cannot_mail:
                words = (
                    'Email "Customer note" failed to send: Could not instantiate mail function..'
                )
                self._shop.remark(order_id, Remark(now, "", words))
        if self._place.misbehaviour.happens("lose_answer", _CHANNEL):
            self._place.misbehaviour.wires[_CHANNEL].reset()
        return _json(request, 201, written)

    def _refunds(self, request: Request, order_id: int) -> Response:
        return _page(request, refunds_json(self._one(order_id)), dict)

    def _fulfilments(self, _: Request, order_id: int) -> object:
        if not self._shop.has_fulfilments:
            text = "No route was found matching the URL and request method."
            raise Refused(404, "rest_no_route", text)
        return fulfilments_json(self._one(order_id))

    def _statuses(self, _: Request) -> object:
        return [{"slug": slug, "name": name} for slug, name in STATUSES.items()]

    def _one(self, order_id: int) -> ShownOrder:
        if order_id not in self._shop.orders:
            raise Refused(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
        return self._shop.orders[order_id]

    def _show(self, request: Request, shown: ShownOrder) -> Json:
        state = (shown.id, shown.changed_at)
        if state not in self._shown:
            self._shown.add(state)
            self._place.journal.note(
                "shown", _CHANNEL, id=str(shown.id), order=shown.order.ref, status=shown.status
            )
        found = order_json(shown, _base(request))
        if self._place.misbehaviour.happens("drift", _CHANNEL, id=str(shown.id)):
            found |= _DRIFT
        return found

    # The rest

    def _products(self, request: Request) -> Response:
        include, sku = numbers(request, "include"), request.first("sku")
        base = _base(request)
        if sku:
            return _page(request, self._by_sku(sku, base), dict)
        found = [
            goods for key, goods in self._shop.products.items() if not include or key in include
        ]
        return _page(request, found, lambda goods: product_json(goods[0], base))

    def _by_sku(self, sku: str, base: str) -> list[Json]:
        for kinds in self._shop.products.values():
            if kinds[0].product.sku == sku:
                return [product_json(kinds[0], base)]
            for goods in kinds:
                if goods.sku == sku:
                    return [{**variation_json(goods, base), "name": goods.name}]
        return []

    def _product(self, request: Request, product_id: int) -> object:
        if product_id not in self._shop.products:
            raise Refused(404, "woocommerce_rest_product_invalid_id", "Invalid ID.")
        return product_json(self._shop.products[product_id][0], _base(request))

    def _variations(self, request: Request, product_id: int) -> Response:
        self._product(request, product_id)
        include = numbers(request, "include")
        kinds = [g for g in self._shop.products[product_id] if g.variation_id]
        found = [g for g in kinds if not include or g.variation_id in include]
        return _page(request, found, lambda goods: variation_json(goods, _base(request)))

    def _customers(self, request: Request) -> Response:
        email = request.first("email")
        found = [
            customer_json(customer, at)
            for customer, at in self._shop.customers.values()
            if email in ("", customer.addresses[0])
        ]
        return _page(request, found, dict)

    def _system(self, _: Request) -> object:
        return {"environment": {"version": "11.0.1", "wp_version": "7.1"}}


def _page(request: Request, things: Sequence[T], shape: Callable[[T], Json]) -> Response:
    """One page of a list, with the headers that lead through it."""
    size = number(request, "per_page", 10, 1, _MOST)
    page = number(request, "page", 1, 1, 10**9)
    pages = -(-len(things) // size)
    headers = {"X-WP-Total": str(len(things)), "X-WP-TotalPages": str(pages)}
    if page < pages:
        query = "&".join(
            f"{name}={values[0]}"
            for name, values in request.query.items()
            if name != "page" and not name.startswith("oauth_")
        )
        url = f"{_base(request)}{request.path}?{query}{'&' if query else ''}page={page + 1}"
        headers["Link"] = f'<{url}>; rel="next"'
    shown = [shape(thing) for thing in things[(page - 1) * size : page * size]]
    return _json(request, 200, shown, headers)


def _json(
    request: Request, status: int, body: object, headers: Mapping[str, str] | None = None
) -> Response:
    link = f'<{_base(request)}/wp-json/>; rel="https://api.w.org/"'
    fields = [name for name in request.first("_fields").split(",") if name]
    if fields and status == 200:
        body = (
            [_only(row, fields) for row in body] if isinstance(body, list) else _only(body, fields)
        )
    return Response(
        status,
        json.dumps(body, ensure_ascii=False).encode(),
        {"Content-Type": "application/json; charset=UTF-8", "Link": link, **(headers or {})},
    )


def _only(row: Any, fields: Sequence[str]) -> Any:
    """What `_fields` leaves of an object; `a.b` is a field of a field."""
    found: Json = {}
    for field in fields:
        name, _, inner = field.partition(".")
        if not isinstance(row, dict) or name not in row:
            continue
        if inner:
            found[name] = {**found.get(name, {}), **_only(row[name], [inner])}
        else:
            found[name] = row[name]
    return found


def _base(request: Request) -> str:
    scheme = "https" if request.is_tls else "http"
    return f"{scheme}://{request.headers.get('host', 'localhost')}"
