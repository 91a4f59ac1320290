"""Imported first by programs that read notebooks: keeps ``jsonschema`` from building a grammar for a second.

The grammar (package ``rfc3987_syntax``) checks internationalized web addresses. No notebook's schema has one, and
``jsonschema`` goes on without it.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: as if it were not installed
