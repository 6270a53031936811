"""The least that a Django project can do with the same questions: a cached page, a form, one row."""
