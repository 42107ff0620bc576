"""What members write to each other."""

from dataclasses import replace

from mail.message import Message, compose, one_line
from members.mail import address
from members.models import Member


def message_of_member(sender: Member, receiver: Member, text: str, key: str) -> Message:
    """Pass on what a member wrote to another; an answer goes to the sender’s own address."""
    contact = receiver.contact
    message = compose(
        "members/message_of_member",
        key=key,
        recipient=contact.email,
        language=contact.language,
        context={
            "name": receiver.name,
            "sender": one_line(sender.name),
            "text": text,
            "profile_url": address("my_profile", contact),
        },
    )
    return replace(message, reply_to=sender.contact.email)
