"""The time zone of a country that has only one, by the time zone database (`zone.tab`, RFC 6557).

A country with several is left out: an address alone does not say which of them it is in.
"""

from __future__ import annotations

from functools import cache

_EUROPE = """
AD Andorra AL Tirane AT Vienna BA Sarajevo BE Brussels BG Sofia CH Zurich CZ Prague DK Copenhagen
EE Tallinn FI Helsinki FR Paris GB London GG Guernsey GI Gibraltar GR Athens HR Zagreb HU Budapest
IE Dublin IM Isle_of_Man IT Rome JE Jersey LI Vaduz LT Vilnius LU Luxembourg LV Riga MC Monaco
MD Chisinau ME Podgorica MK Skopje MT Malta NL Amsterdam NO Oslo PL Warsaw RO Bucharest RS Belgrade
SE Stockholm SI Ljubljana SK Bratislava SM San_Marino TR Istanbul VA Vatican
"""
_ELSEWHERE = """
AE Asia/Dubai BD Asia/Dhaka BH Asia/Bahrain CI Africa/Abidjan CM Africa/Douala DZ Africa/Algiers
EG Africa/Cairo GE Asia/Tbilisi GF America/Cayenne GH Africa/Accra GP America/Guadeloupe
HK Asia/Hong_Kong IL Asia/Jerusalem IN Asia/Kolkata IS Atlantic/Reykjavik JO Asia/Amman
JP Asia/Tokyo KE Africa/Nairobi KR Asia/Seoul KW Asia/Kuwait LB Asia/Beirut LK Asia/Colombo
MA Africa/Casablanca MG Indian/Antananarivo MQ America/Martinique MU Indian/Mauritius
NC Pacific/Noumea NG Africa/Lagos OM Asia/Muscat PE America/Lima PH Asia/Manila PK Asia/Karachi
PM America/Miquelon QA Asia/Qatar RE Indian/Reunion SA Asia/Riyadh SG Asia/Singapore
SN Africa/Dakar TH Asia/Bangkok TN Africa/Tunis TW Asia/Taipei UY America/Montevideo
YT Indian/Mayotte ZA Africa/Johannesburg
"""


@cache
def _zones() -> dict[str, str]:
    near, far = _EUROPE.split(), _ELSEWHERE.split()
    found = dict(zip(far[::2], far[1::2], strict=True))
    found.update((code, f"Europe/{city}") for code, city in zip(near[::2], near[1::2], strict=True))
    # Büsingen, the German zone beside Berlin's, keeps the same time.
    return {**found, "DE": "Europe/Berlin"}


def zone_of(country: str) -> str:
    """The IANA name of a country's only time zone; empty where it has several or is not known.

    Args:
        country: ISO 3166 code of two letters.
    """
    return _zones().get(country.upper(), "")
