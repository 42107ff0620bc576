"""What the secretariat and what co-chairs may do, as names of permissions.

Rights on pages and on files hang on a place in the tree; the others hold everywhere.
"""

SECRETARIAT = "Secretariat"
HOSTS = "Hosts of events"
CHECK_IN = "Check-in at events"

PAGE_RIGHTS_OF_SECRETARIAT = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
PAGE_RIGHTS_OF_CO_CHAIRS = ("add", "change")

FILE_RIGHTS_OF_SECRETARIAT = (
    *("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"),
    *("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document"),
    *("wagtailcore.add_collection", "wagtailcore.change_collection"),
    "wagtailcore.delete_collection",
)
FILE_RIGHTS_OF_CO_CHAIRS = (
    *("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"),
    *("wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document"),
)
SHARED_FILE_RIGHTS_OF_CO_CHAIRS = ("wagtailimages.choose_image", "wagtaildocs.choose_document")

ADMIN_ACCESS = "wagtailadmin.access_admin"

FULLY_EDITED_BY_SECRETARIAT = (
    *("taxonomy.region", "taxonomy.theme", "taxonomy.sector", "taxonomy.country"),
    *("people.person", "people.organisation"),
    "working_groups.role",
    *("search.synonyms", "search.promotion"),
    "wagtailredirects.redirect",
)

# Co-chairs have them for the events of their own group only, hosts for those they host.
RIGHTS_OF_ORGANISERS = (
    *("events.view_eventaccess", "events.change_eventaccess"),
    *("events.take_registrations", "events.message_attendees"),
)

RIGHTS_OF_SECRETARIAT = (
    ADMIN_ACCESS,
    *RIGHTS_OF_ORGANISERS,
    *(
        f"{app}.{verb}_{model}"
        for app, model in (name.split(".") for name in FULLY_EDITED_BY_SECRETARIAT)
        for verb in ("add", "change", "delete", "view")
    ),
    *("accounts.add_user", "accounts.change_user", "accounts.view_user"),
    *("mail.view_delivery", "mail.change_delivery", "mail.view_contact"),
    *("members.view_member", "members.change_member", "members.add_memberimport"),
    *("members.view_item", "members.change_item"),
    *("files.view_exportlog", "files.take_people"),
    *("search.publish_synonyms", "search.publish_promotion"),
    *("search.view_question", "search.view_click"),
    "pages.change_sitesettings",
    "wagtail_localize.submit_translation",
)
RIGHTS_OF_CO_CHAIRS = (ADMIN_ACCESS, *RIGHTS_OF_ORGANISERS)
# No right on any page or file: the screens of their events are all that the admin shows them.
RIGHTS_AT_ONE_EVENT = {
    HOSTS: (ADMIN_ACCESS, *RIGHTS_OF_ORGANISERS),
    CHECK_IN: (ADMIN_ACCESS,),
}
