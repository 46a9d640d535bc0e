"""Places and contacts."""

from emulator.json_types import Json
from emulator.keyboards import read_markup
from emulator.messages import speak
from emulator.params import Params
from emulator.refusals import bad
from emulator.state import World

VENUE_FIELDS = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")


def _location(params: Params) -> Json:
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if latitude is None or not -90 <= latitude <= 90:
        raise bad("latitude is empty" if latitude is None else "wrong latitude specified")
    if longitude is None or not -180 <= longitude <= 180:
        raise bad("longitude is empty" if longitude is None else "wrong longitude specified")
    return {"latitude": latitude, "longitude": longitude}


def _needed(params: Params, name: str) -> str:
    value = params.text(name)
    if not value:
        raise bad(f"{name} is empty")
    return value


def send_location(world: World, params: Params) -> Json:
    """sendLocation: without live locations."""
    content = {"location": _location(params)}
    return speak(world, params, content, read_markup(params))


def send_venue(world: World, params: Params) -> Json:
    """SendVenue."""
    location = _location(params)
    venue: Json = {
        "location": location,
        "title": _needed(params, "title"),
        "address": _needed(params, "address"),
    }
    venue |= {name: params.text(name) for name in VENUE_FIELDS if params.text(name)}
    return speak(world, params, {"venue": venue, "location": location}, read_markup(params))


def send_contact(world: World, params: Params) -> Json:
    """SendContact."""
    contact = {name: _needed(params, name) for name in ("phone_number", "first_name")}
    contact |= {name: params.text(name) for name in ("last_name", "vcard") if params.text(name)}
    return speak(world, params, {"contact": contact}, read_markup(params))


TABLE = {"sendLocation": send_location, "sendVenue": send_venue, "sendContact": send_contact}
