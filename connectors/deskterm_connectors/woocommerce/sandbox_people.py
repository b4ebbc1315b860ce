"""The simulated shop's customers, in WooCommerce's shapes."""

from __future__ import annotations

from datetime import datetime

from deskterm.sandbox.chance import chance
from deskterm.sandbox.model import Customer
from deskterm_connectors.woocommerce.sandbox_values import Json, written

_STREETS = ("Mill Lane", "Station Road", "rue des Tilleuls", "Lindenweg", "place du Marché")
_DIALLED = {"GB": "+441632960", "FR": "+33199001", "DE": "+493023125"}


def customer_id(customer: Customer) -> int:
    """The customer's id; every fourth buys as a guest and has none."""
    return 0 if customer.number % 4 == 0 else customer.number + 1


def customer_json(customer: Customer, at: datetime) -> Json:
    """`GET /customers/{id}`."""
    home = address(customer)
    return {
        "id": customer_id(customer),
        "date_created": written(at),
        "date_created_gmt": written(at),
        "date_modified": written(at),
        "date_modified_gmt": written(at),
        "email": customer.addresses[0],
        "first_name": home["first_name"],
        "last_name": home["last_name"],
        "role": "customer",
        "username": customer.addresses[0].partition("@")[0],
        "billing": {**home, "email": customer.addresses[0]},
        "shipping": home,
        "is_paying_customer": True,
        "avatar_url": "",
        "meta_data": [],
    }


def address(customer: Customer) -> Json:
    """Where somebody lives; the numbers are kept free for invented people."""
    rng = chance("address", customer.number)
    first, _, last = customer.name.partition(" ")
    phone = _DIALLED.get(customer.country, "")
    return {
        "first_name": first,
        "last_name": last,
        "company": "",
        "address_1": f"{rng.randint(1, 90)} {rng.choice(_STREETS)}",
        "address_2": "",
        "city": customer.city,
        "state": "",
        "postcode": f"{rng.randint(10_000, 95_999)}",
        "country": customer.country,
        "phone": f"{phone}{rng.randrange(1000):03}" if phone else "",
    }
