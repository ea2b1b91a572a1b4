"""In the product itself: the row is the notice, and the page that polls for it is the delivery."""

from __future__ import annotations

from kentongan.alerts.channels import Answer, Message


class InApp:
    """Always ready, always delivered; whether it was seen is written down when the alert is opened."""

    def is_ready(self) -> bool:
        return True

    def send(self, message: Message) -> Answer:  # noqa: ARG002 (nothing leaves this machine)
        return Answer.SENT
