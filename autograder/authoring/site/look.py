"""What Sphinx is told: theme, colours, and what stands in each page's head. An extension of Sphinx."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.authoring.site import formulas
from autograder.authoring.site.start_page import DESCRIPTION, TITLE

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STATIC = Path(__file__).parent / "static"
LIGHT = {"color-brand-primary": "#00598c", "color-brand-content": "#00598c", "color-brand-visited": "#00598c"}
DARK = {"color-brand-primary": "#7cc7f5", "color-brand-content": "#7cc7f5", "color-brand-visited": "#7cc7f5"}


def settings(static: list[str], address: str, home: str) -> dict[str, Any]:
    """Sphinx's settings.

    Args:
        static: folders of files that are copied as they are.
        address: where the site will be.
        home: where the course's source is.
    """
    return {
        "project": TITLE,
        "html_title": "Keras and Spark, hands on",
        "language": "en",
        "extensions": ["myst_parser", __name__],
        "myst_enable_extensions": ["dollarmath"],
        "myst_heading_anchors": 3,
        "suppress_warnings": ["myst.header", "misc.highlighting_failure"],
        "html_theme": "furo",
        "html_static_path": [*static, str(STATIC)],
        "html_css_files": ["course.css"],
        "html_js_files": [("course.js", {"defer": "defer"})],
        "html_favicon": str(STATIC / "favicon.svg"),
        "html_baseurl": address,
        "html_theme_options": {
            "light_css_variables": LIGHT,
            "dark_css_variables": DARK,
            "source_repository": "",
            "footer_icons": [{"name": "Source", "url": home, "html": "Source", "class": ""}],
        },
        "html_math_renderer": "mathml",
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_show_sphinx": False,
        "html_show_copyright": False,
        "html_use_index": False,
        "html_domain_indices": False,
        "html_permalinks_icon": "#",
    }


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    formulas.setup(app)
    app.add_config_value("course_cards", {}, "html")
    app.connect("html-page-context", _head, priority=900)  # after the theme has put its part there
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _head(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Say what a page is to those who link to it, and let keyboards reach what scrolls."""
    about = app.config.course_cards.get(page, {"title": TITLE, "description": DESCRIPTION, "picture": ""})
    address = f"{app.config.html_baseurl}{'' if page == 'index' else page + '.html'}"
    said = {"og:title": about["title"], "og:description": about["description"], "og:type": "website", "og:url": address}
    if about["picture"]:
        said["og:image"] = f"{app.config.html_baseurl}{about['picture']}"
    tags = [f'<meta name="description" content="{html.escape(about["description"], quote=True)}">']
    tags += [f'<meta property="{key}" content="{html.escape(text, quote=True)}">' for key, text in said.items()]
    tags.append('<meta name="twitter:card" content="summary_large_image">')
    body = context.get("body", "")
    if "data-playground" in body:
        tags.append('<link rel="stylesheet" href="_static/playground/look.css">')
        tags.append('<script type="module" src="_static/playground/page.js"></script>')
    if "data-check" in body:
        tags.append('<script type="module" src="_static/checks.js"></script>')
    context["metatags"] = context.get("metatags", "") + "\n".join(tags)
    body = body.replace('<div class="highlight"><pre>', '<div class="highlight"><pre tabindex="0">')
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')
    context["body"] = re.sub(r'<div class="table-wrapper([^"]*)"', r'<div tabindex="0" class="table-wrapper\1"', body)
