"""The role chooser asks for no password, so it exists on a marked demo and for this machine alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kentongan.pipeline.demo.people import ADDRESS
from kentongan.pipeline.world import mark_as_demo
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo() -> None:
    mark_as_demo(at=factories.NOW)
    people.analis(name="Ratna", email=ADDRESS.format(key="ratna"))


def choose(client: Client, role: str = "ratna", **headers: Any) -> Any:
    return client.post(reverse("choose_role"), {"role": role}, **headers)


def test_on_this_machine_a_card_signs_in_without_a_password(demo: None, client: Client) -> None:
    assert choose(client)["Location"] == reverse("home")
    assert client.get(reverse("home")).status_code == 200


def test_a_real_instance_has_no_such_page(client: Client) -> None:
    assert client.get(reverse("choose_role")).status_code == 404
    assert choose(client).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "192.168.1.20"},
        {"REMOTE_ADDR": "8.8.8.8"},
        {"HTTP_X_FORWARDED_FOR": "192.168.1.20"},
        {"HTTP_FORWARDED": "for=192.168.1.20"},
    ],
)
def test_another_machine_is_not_told_that_it_exists(
    demo: None, client: Client, headers: dict[str, str]
) -> None:
    assert choose(client, **headers).status_code == 404
    assert client.get(reverse("home")).status_code == 302


def test_a_card_that_does_not_exist_signs_nobody_in(demo: None, client: Client) -> None:
    assert choose(client, role="presiden").status_code == 422
    assert client.get(reverse("home")).status_code == 302
