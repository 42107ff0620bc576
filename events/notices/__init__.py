"""What people hear after they registered, besides reminders.

A meeting that changed is told once, after it has been quiet for a while (``planning``, ``mail``);
a recording is told once, when it is up (``recordings``). Its models are in ``events.models``
(``notices``, and ``state.QuietRevision``).
"""
