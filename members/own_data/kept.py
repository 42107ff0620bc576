"""Each place in the database that points at a person: where it stands in their export, or why not.

A test walks all models and asks for an entry here, so that a new table is thought of.
"""

# “app.model.field” → the heading in ``data.json``.
EXPORTED = {
    # What a member is and said.
    "members.member.user": "membership",
    "members.member.contact": "membership",
    "members.member.person": "on_the_site",
    "members.member_regions.member": "membership",
    "members.member_themes.member": "membership",
    "members.member_sectors.member": "membership",
    "members.groupmembership.member": "groups",
    "members.formeraddress.member": "former_addresses",
    "members.expressionofinterest.member": "offers",
    "members.application.applicant": "applications",
    "members.affiliation.member": "institutions",
    "members.pagechange.proposed_by": "changes_of_pages",
    "members.datarequest.user": "data_requests",
    "mail.contact.user": "contact",
    "mail.subscription.contact": "follows",
    "mail.consent.contact": "consents",
    "mail.delivery.contact": "mails",
    # Events.
    "events.registration.contact": "registrations",
    "events.registration.user": "registrations",
    "events.registrationevent.registration": "registrations",
    "events.eventrole.user": "roles_at_events",
    "events.personalcalendar.user": "calendar",
    # The account.
    "account.emailaddress.user": "addresses",
    "mfa.authenticator.user": "second_factors",
    "usersessions.usersession.user": "sessions",
    "accounts.user_groups.user": "account",
    "accounts.user_user_permissions.user": "account",
    # On the site and in the admin.
    "people.person.user": "on_the_site",
    "people.biography.person": "on_the_site",
    "people.seat.person": "on_the_site",
    "working_groups.role.person": "on_the_site",
    "working_groups.plannedmeeting.lead": "on_the_site",
    "pages.pageauthor.person": "on_the_site",
    "events.speaker.person": "on_the_site",
    "events.agendaitem.person": "on_the_site",
    "wagtailusers.userprofile.user": "preferences_in_admin",
    "wagtailcore.pagelogentry.user": "work_in_admin",
    "wagtailcore.modellogentry.user": "work_in_admin",
    "wagtailcore.comment.user": "comments",
    "wagtailcore.commentreply.user": "comments",
    "wagtailcore.pagesubscription.user": "pages_watched",
    "files.exportlog.by": "lists_taken_out",
}

DECIDED = "It is about somebody else; that they decided stands in the log of the admin."
OF_THE_SITE = "It is a part of the site and its history, and all who edit see who made it."
PASSING = "It lives for minutes, and holds nothing that stands nowhere else."
OPENS = "It opens something; whoever made it has seen it."
PLANNED = "It says only which mails are to be written; those stand under “mails”."
SAID_ABOVE = "It says by whom a change was made that stands under “registrations”."

LEFT_OUT = {
    "members.application.decided_by": DECIDED,
    "members.pagechange.decided_by": DECIDED,
    "members.expressionofinterest.reviewer": DECIDED,
    "members.formeraddress.by": DECIDED,
    "members.memberimport.by": DECIDED,
    "members.twopeople.one": "It says that two people are two, and nothing of either.",
    "members.twopeople.other": "It says that two people are two, and nothing of either.",
    "events.registration.marked_by": DECIDED,
    "events.registrationevent.by": SAID_ABOVE,
    "events.attendancereport.by": DECIDED,
    "events.attendancerow.registration": "It is gone once it is taken over as “attended”.",
    "events.attendeemessage.by": OF_THE_SITE,
    "events.attendeemessage.cancelled_by": OF_THE_SITE,
    "events.eventrole.given_by": DECIDED,
    "events.series.made_by": OF_THE_SITE,
    "events.told.registration": PLANNED,
    "files.siteimage.uploaded_by_user": OF_THE_SITE,
    "files.sitedocument.uploaded_by_user": OF_THE_SITE,
    "wagtailimages.image.uploaded_by_user": OF_THE_SITE,
    "wagtaildocs.document.uploaded_by_user": OF_THE_SITE,
    "wagtailcore.page.owner": OF_THE_SITE,
    "wagtailcore.page.locked_by": OF_THE_SITE,
    "wagtailcore.revision.user": OF_THE_SITE,
    "wagtailcore.workflowstate.requested_by": OF_THE_SITE,
    "wagtailcore.taskstate.finished_by": OF_THE_SITE,
    "wagtailcore.comment.resolved_by": OF_THE_SITE,
    "wagtail_localize.stringtranslation.last_translated_by": OF_THE_SITE,
    "wagtail_localize.segmentoverride.last_translated_by": OF_THE_SITE,
    "wagtailadmin.editingsession.user": PASSING,
    "wagtailadmin.formstate.user": PASSING,
    "wagtailcore.uploadedfile.uploaded_by_user": PASSING,
    "wagtailcore.apitoken.user": OPENS,
}
