"""What follows for a member when allauth says that an account has another address."""

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from .actions import address
from .models import Member


@receiver(email_changed, sender=EmailAddress)
def write_to_the_new_address(user: User, request: HttpRequest | None = None, **kwargs) -> None:
    user.refresh_from_db(fields=["email"])
    address.follow_account(user, timezone.now())
    member = Member.objects.filter(user=user).select_related("contact", "user").first()
    if request is not None and member is not None and address.mails_go_elsewhere(member):
        words = _(
            "Our mails still go to %(address)s: another member has your new address. The "
            "Secretariat sees that and can make one member of the two."
        )
        messages.warning(request, words % {"address": member.contact.email})
