"""The pages of the desk, one module a group; each has a ``router``, and ``PAGES`` in desk/app.py lists them."""
