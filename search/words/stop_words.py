"""Words that are in every text and say nothing about it, by language, folded.

The index leaves them out, and a search that has other words too does not insist on them.
"""

_ENGLISH = """
a about an and any are as at be been between but by can could did do does for from had has have how
i if in into is it its me more most my no not of on or our should so such than that the their them
then there these they this to was we were what when where which who whom whose why will with would
you your
"""
_FRENCH = """
a au aux avec ce ces cette comment dans de des doit du elle elles en entre est et eux il ils je la
le les leur leurs lui mais meme ne nos notre nous on ont ou par pas peut peuvent plus pour pourquoi
quand que quel quelle quelles quels qui quoi sa se ses si son sont sur un une vos votre vous y
"""
_SPANISH = """
a al como con cual cuales cuando de del desde donde e el ella ellos en entre era es esta estas este
estos han hay la las le les lo los mas no nos o para pero por porque puede pueden que quien se ser
si sin sobre son su sus tambien un una uno y ya
"""
_PORTUGUESE = """
a ao aos as com como da das de do dos e ela eles em entre era essa esse esta este eu foi ha isso
isto ja mais mas na nas nao nem no nos o onde os ou para pela pelas pelo pelos por porque pode podem
qual quais quando que quem se sem ser seu seus sao sobre sua suas tambem um uma
"""
_ARABIC = """
في من الي علي عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم كان كانت ما ماذا متي اين كيف لماذا كم
هل ان انه انها او ثم بين بعد قبل كل قد لا لم لن حتي اذا عند منذ حول و
"""

STOP_WORDS = {
    "en": _ENGLISH.split(),
    "fr": _FRENCH.split(),
    "es": _SPANISH.split(),
    "pt": _PORTUGUESE.split(),
    "ar": _ARABIC.split(),
}
EVERY = frozenset(word for words in STOP_WORDS.values() for word in words)
