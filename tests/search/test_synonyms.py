"""What means the same is looked for too; acronyms only where they are meant."""

import pytest
from django.core.exceptions import ValidationError

from pages import generation
from search.actions import load_synonyms
from search.models import Synonyms
from search.words.known import known_synonyms
from search.words.parsing import parse
from search.words.synonyms import MOST_ALTERNATIVES, Concept, SynonymTable

OWN_REVENUE = Concept(
    {
        "en": ("own-source revenue", "own revenue"),
        "fr": ("recettes propres",),
        "ar": ("الإيرادات الذاتية",),
    },
    acronyms=("OSR",),
)
HEALTH_BODY = Concept({"en": ("World Health Organization",)}, ambiguous=("WHO",))
LOGICA = Concept({"en": ("Comparative Assessment",)}, acronyms=("LoGICA",))
TABLE = SynonymTable([OWN_REVENUE, HEALTH_BODY, LOGICA])


def expand(typed: str, *concepts: Concept) -> dict[str, list[str]]:
    """Return the parts of a search, and what else answers each."""
    table = SynonymTable(concepts) if concepts else TABLE
    return {
        " ".join(part.words): [" ".join(words) for words in part.alternatives]
        for part in parse(typed, table).parts
    }


# Terms -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["own-source revenue", "Own Source Revenue", "own source revenues", "OWN-SOURCE REVENUE"],
)
def test_a_term_is_one_part_with_all_that_means_the_same(typed):
    ((words, also),) = expand(typed).items()
    assert words == typed.lower().replace("-", " ")
    assert also == ["recettes propres", "الإيرادات الذاتية", "osr", "own revenue"]


@pytest.mark.parametrize(
    "typed", ["recettes propres", "Recette Propre", "الايرادات الذاتية", "إيرادات ذاتية"]
)
def test_every_language_leads_to_the_others(typed):
    ((_words, also),) = expand(typed).items()
    assert "own source revenue" in also


def test_accents_make_no_difference():
    concept = Concept({"en": ("equalization",), "fr": ("péréquation",)})
    assert expand("perequation", concept) == {"perequation": ["equalization"]}


def test_words_around_a_term_stay_loose():
    assert list(expand("local own-source revenue in Kenya")) == [
        *("local", "own source revenue", "in", "kenya")
    ]


def test_the_longest_term_wins():
    short = Concept({"en": ("revenue",), "fr": ("recettes",)})
    assert "recettes" not in expand("own source revenue", OWN_REVENUE, short)["own source revenue"]
    assert expand("revenue", OWN_REVENUE, short) == {"revenue": ["recettes"]}


def test_one_stem_is_not_one_word():
    concept = Concept({"en": ("localization", "domestication")})
    assert expand("local", concept) == {"local": []}
    assert expand("localizations", concept) == {"localizations": ["domestication"]}


def test_a_term_does_not_end_inside_a_compound():
    concept = Concept({"en": ("local", "nearby")})
    assert expand("local-level plan", concept) == {"local level": ["locallevel"], "plan": []}


def test_a_phrase_stands_as_it_was_typed():
    wanted = parse('"own-source revenue"', TABLE)
    assert wanted.parts == ()
    assert wanted.phrases == (("own", "source", "revenue"),)


def test_nothing_that_the_typed_words_find_anyway_is_an_alternative():
    concept = Concept(
        {
            "en": ("water and sanitation", "rural water and sanitation", "sewerage"),
            "fr": ("Water and Sanitation",),
        }
    )
    assert expand("water and sanitation", concept) == {"water and sanitation": ["sewerage"]}


def test_alternatives_are_few_and_begin_with_one_of_each_language():
    concept = Concept(
        {
            "en": ("budget", *(f"budget{number}" for number in range(20))),
            "fr": ("finances", "dépenses"),
            "es": ("gasto",),
        },
        acronyms=("PFM",),
    )
    also = expand("gasto", concept)["gasto"]
    assert also[:5] == ["budget", "finances", "pfm", "budget0", "dépenses"]
    assert len(also) == MOST_ALTERNATIVES


# Acronyms --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "is_meant"),
    [
        ("OSR in Kenya", True),
        ("osr in Kenya", False),
        ("osr", True),
        ('osr "in Kenya"', False),
        ("osr -Kenya", True),
        ("LoGICA in Kenya", True),
        ("LOGICA in Kenya", True),
        ("logica in Kenya", False),
    ],
)
def test_an_acronym_counts_in_capitals_or_as_the_whole_search(typed, is_meant):
    assert any(expand(typed).values()) is is_meant


def test_it_is_not_information_technology():
    it = Concept({"en": ("information technology",)}, ambiguous=("IT",))
    assert expand("it budget", it)["it"] == []
    assert expand("IT budget", it)["it"] == ["information technology"]


def test_an_acronym_that_is_a_word_is_never_looked_for():
    led = Concept({"en": ("local economic development", "LED plan")}, ("DEL",), ("LED",))
    assert expand("local economic development", led) == {
        "local economic development": ["del", "led plan"]
    }


def test_an_acronym_of_two_concepts_means_both():
    per = (
        Concept({"en": ("public expenditure review",)}, ("PER",)),
        Concept({"en": ("performance review",)}, ("PER",)),
    )
    assert expand("PER", *per) == {"per": ["public expenditure review", "performance review"]}


# What editors keep -----------------------------------------------------------------------------


def concept(name: str = "A concept", **fields) -> Synonyms:
    return Synonyms(
        **{"name": name, "english": "zebra crossing", "french": "passage piéton"} | fields
    )


def problems(row: Synonyms) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    return error.value.message_dict


def test_lines_are_tidied(db):
    row = concept(english="  zebra   crossing \n\n zebra crossing\n", acronyms="ZC")
    row.full_clean()
    assert (row.english, row.acronyms) == ("zebra crossing", "ZC")


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"french": ""}, "__all__", "at least two"),
        ({"french": "Zébra Crossing"}, "__all__", "at least two"),
        ({"french": "***"}, "french", "no letters"),
        ({"french": "w " * 13}, "french", "too long"),
        ({"french": "\n".join(f"mot{number}" for number in range(13))}, "french", "12 lines"),
        ({"acronyms": "zc"}, "acronyms", "capitals"),
        ({"ambiguous_acronyms": "zc"}, "ambiguous_acronyms", "capitals"),
    ],
)
def test_what_the_search_could_not_use_is_refused(db, fields, field, says):
    assert any(says in problem for problem in problems(concept(**fields))[field])


def test_a_term_belongs_to_one_concept(db):
    concept("Streets", english="road", french="rue", acronyms="RD").save()
    found = problems(concept(english="Rue", french="RD"))
    assert "“Rue” is already a word for “Streets”" in found["english"][0]
    assert "Streets" in found["french"][0]


def test_a_concept_may_keep_its_own_terms(db):
    row = concept()
    row.save()
    row.full_clean()


@pytest.fixture
def expanded(django_capture_on_commit_callbacks):
    """Return a function that does something, and then says what else answers “zebra crossing”."""

    def after(do) -> list[str]:
        with django_capture_on_commit_callbacks(execute=True):
            do()
        (part,) = parse("zebra crossing", known_synonyms()).parts[:1]
        return [" ".join(words) for words in part.alternatives]

    return after


def test_only_what_is_published_counts_and_counts_at_once(db, expanded):
    row = concept(live=False)
    assert expanded(row.save) == []
    row.french = "passage clouté"
    assert expanded(lambda: row.save_revision()) == []
    assert expanded(lambda: row.latest_revision.publish()) == ["passage clouté"]
    row.refresh_from_db()
    assert expanded(row.unpublish) == []


def test_synonyms_are_read_once_until_the_content_changes(db, django_assert_num_queries):
    table = known_synonyms()
    with django_assert_num_queries(0):
        assert known_synonyms() is table
    generation._renew_now()
    with django_assert_num_queries(1):
        assert known_synonyms() is table


# The vocabulary with which every site starts ---------------------------------------------------


def test_every_site_starts_with_the_fields_vocabulary(db):
    assert Synonyms.objects.count() > 120
    for row in Synonyms.objects.all():
        if row.english.count("\n") or row.french:  # spellings of one word have one language only
            row.full_clean()


def test_loading_again_leaves_what_editors_changed(db):
    row = Synonyms.objects.get(name="Own-source revenue")
    row.french = "nos recettes"
    row.save()
    Synonyms.objects.filter(name="Property tax").delete()
    assert load_synonyms() == 1
    row.refresh_from_db()
    assert row.french == "nos recettes"
    assert load_synonyms() == 0


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("OSR", "recettes propres"),
        ("recettes propres", "own source revenue"),
        ("SDG", "odd"),
        ("ODS", "sustainable development goals"),
        ("PFM", "gestion des finances publiques"),
        ("eau et assainissement", "water and sanitation"),
        ("WASH", "agua y saneamiento"),
        ("MENA", "moyen orient et afrique du nord"),
        ("LAC", "américa latina y el caribe"),
        ("ECA", "europe and central asia"),
        ("InFER", "intergovernmental fiscal and expenditure review"),
        ("LoGICA", "local governance institutions comparative assessment"),
        ("multi-level governance", "gouvernance multiniveaux"),
        ("décentralisation", "اللامركزية"),
        ("decentralisation", "descentralización"),
        ("الموازنة التشاركية", "participatory budgeting"),
        ("موازنة تشاركية", "participatory budgeting"),
        ("labour", "labor"),
        ("programs", "programme"),
    ],
)
def test_the_vocabulary_crosses_languages(db, typed, finds):
    (part,) = parse(typed, known_synonyms()).parts
    assert finds in [" ".join(words) for words in part.alternatives]


@pytest.mark.parametrize("typed", ["who pays", "it systems", "led by women", "per capita", "local"])
def test_everyday_words_stay_what_they_are(db, typed):
    assert not any(part.alternatives for part in parse(typed, known_synonyms()).parts)
