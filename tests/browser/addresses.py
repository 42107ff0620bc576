"""One address for each type of page and each of its views and states."""

HOME = {"home": "/"}
GROUPS = {
    "groups": "/groups/",
    "group with two co-chairs": "/groups/africa/",
    "group with one co-chair": "/groups/gender-equity/",
    "group that is forming": "/groups/mena/",
    "group without co-chairs": "/groups/localization/",
    "workplan": "/groups/africa/workplan-2026-27/",
}
POSTS = {
    "blog": "/blog/",
    "blog, filtered": "/blog/?kind=explainer&theme=assessment-methods",
    "post": "/groups/localization/who-runs-the-clinic-reading-functional-assignments/",
    "post in French": "/groups/africa/recettes-propres-commencer-par-le-registre/",
    "post in Arabic": "/groups/mena/khamsat-asila-qabl-naql-al-salahiyat/",
    "recap": "/groups/africa/notes-from-the-africa-groups-october-meeting/",
}
EVENTS = {
    "events": "/events/",
    "events, month": "/events/?view=month",
    "events, past": "/events/?view=past",
    "event to come": "/groups/gender-equity/gender-group-november-2026/",
    "event of several days": "/groups/africa/hybrid-workshop-county-and-local-finance/",
    "event that was held": "/groups/africa/africa-group-october-2026/",
    "event postponed": "/groups/localization/localization-group-open-meeting/",
    "event cancelled": "/groups/subnational-finance/borrowing-for-small-towns/",
}
LIBRARY = {
    "library": "/library/",
    "product with files": "/library/decentralization-multilevel-governance-primer/",
    "product superseded": "/library/logica-framework-handbook-2015/",
    "product to come": "/library/profil-intergouvernemental-maroc/",
}
PROJECTS = {
    "projects": "/projects/",
    "project": "/projects/state-of-local-governance-institutions/",
}
PEOPLE = {"people": "/people/", "person": "/people/amina-sample/"}
DIRECTORY = {
    "members": "/members/",
    "members, filtered": "/members/?region=africa&q=a",
    "members, nobody": "/members/?q=xylophone",
    "members on the map": "/members/map/",
}
INSTITUTIONS = {
    "institutions": "/institutions/",
    "institutions, filtered": "/institutions/?kind=member&country=ke",
    "institution": "/institutions/sample-association-of-lake-towns/",
    "joining for an institution": "/join/institution/",
}
TERMS = {
    "region": "/regions/africa/",
    "theme": "/themes/subnational-finance/",
    "countries": "/countries/",
    "country": "/countries/ke/",
}
STANDARD_PAGES = {
    "about": "/about/",
    "policies": "/about/policies-and-disclosures/",
    "resources": "/about/resources-for-co-chairs-and-members/",
    "start or join a group": "/about/start-or-join-a-group/",
    "membership": "/membership/",
    "contact": "/contact/",
}
SEARCH = {
    "search": "/search/",
    "search with results": "/search/?q=finance",
    "search without results": "/search/?q=xylophone",
}
ACCOUNTS = {"log-in": "/accounts/login/", "password forgotten": "/accounts/password/reset/"}
OTHER_LANGUAGES = {
    "home in Arabic": "/ar/",
    "group in Arabic": "/ar/groups/mena/",
    "home in French": "/fr/",
    "group in Spanish": "/es/grupos/lac/",
    "library in Portuguese": "/pt/biblioteca/",
}
MISSING = {"missing page": "/no-such-page/"}

PUBLIC = {
    **HOME,
    **GROUPS,
    **POSTS,
    **EVENTS,
    **LIBRARY,
    **PROJECTS,
    **PEOPLE,
    **INSTITUTIONS,
    **DIRECTORY,
    **TERMS,
    **STANDARD_PAGES,
    **SEARCH,
    **ACCOUNTS,
    **OTHER_LANGUAGES,
    **MISSING,
}
