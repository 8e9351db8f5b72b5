"""``/traffic``: links that are built, followed and counted; calculators; refusals with their codes."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

WANTED = {"target": "https://shop.example/item?id=7", "channel": "notes", "note": "NR1", "code": "note-1"}


def test_a_link_is_built_followed_and_counted(client: TestClient, token: dict[str, str]) -> None:
    made = client.post("/api/v1/traffic/links", json=WANTED, headers=token)
    assert made.status_code == 200
    followed = client.get("/l/note-1", follow_redirects=False, headers={"user-agent": "Mozilla/5.0 Firefox/140"})
    assert (followed.status_code, followed.headers["location"]) == (302, made.json()["address"])
    client.get("/l/note-1", follow_redirects=False, headers={"user-agent": "Googlebot/2.1"})

    [link] = client.get("/api/v1/traffic/links").json()["links"]
    assert (link["clicks"], link["bots"]) == (1, 1)
    image = client.get(link["qr"])
    assert (image.status_code, image.headers["content-type"]) == (200, "image/svg+xml")
    assert client.get("/api/v1/traffic/links/note-1/qr.png").content.startswith(b"\x89PNG")

    assert client.post("/api/v1/traffic/links/note-1/remove", json={}, headers=token).status_code == 200
    assert client.get("/l/note-1", follow_redirects=False).status_code in (400, 404)


def test_a_page_of_another_site_builds_no_link(client: TestClient) -> None:
    assert client.post("/api/v1/traffic/links", json=WANTED).status_code == 403


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("attribution", "thin_traffic"),
        ("attribution/orders/none", "thin_traffic"),
        ("channels", "thin_traffic"),
        ("calculators/growth?before=1", "bad_filter"),
        ("channels?by=colour", "bad_filter"),
        ("attribution?direct=perhaps", "bad_filter"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(client: TestClient, path: str, code: str) -> None:
    found = client.get(f"/api/v1/traffic/{path}")

    assert found.status_code in (400, 409, 422)
    assert found.json()["error"]["code"] == code


def test_calculators_say_what_they_ask_and_answer(client: TestClient) -> None:
    listed = client.get("/api/v1/traffic/calculators").json()["calculators"]
    found = client.get("/api/v1/traffic/calculators/saving?old_cac=100&new_cac=70&new_users=10000").json()

    assert [each["name"] for each in listed] == ["roi", "health", "saving", "growth", "visitor"]
    assert found["results"][0]["value"] == 300_000
