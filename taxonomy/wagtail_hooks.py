from wagtail.snippets.models import register_snippet

from .viewsets import VocabularyGroup

register_snippet(VocabularyGroup)
