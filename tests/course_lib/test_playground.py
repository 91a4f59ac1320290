"""What a playground hands to a notebook: a widget with its script, and a still picture with words."""

import json
import re

import pytest

from course_lib import playground
from course_lib.playground import view
from tests.browser.playground_page import ALIVE, CALLS


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr("course_lib.terminal.show", lambda bundle: bundles.append(bundle))
    return bundles


@pytest.mark.parametrize("name", ALIVE)
def test_shown_as_widget_and_as_a_picture_with_alt_text(name, shown):
    getattr(playground, name)(**CALLS.get(name, {}))
    (bundle,) = shown
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert re.search(r'<img alt="[^"]{40,}" src="data:image/svg\+xml;base64,', bundle["text/html"])
    assert f'data-playground="{name}"' in bundle["text/html"]
    assert bundle["text/plain"] == "[A playground: open it in JupyterLab]"


@pytest.mark.parametrize("name", ALIVE)
def test_a_widget_gets_one_text_that_imports_nothing(name):
    text = view.script(name)
    assert not re.search(r"^import ", text, re.MULTILINE) and "import(" not in text
    assert (
        text.count("export default") == text.count("export function playground(") == text.count("function axes(") == 1
    )


@pytest.mark.parametrize("name", ALIVE)
def test_the_state_goes_to_the_browser_as_json(name, monkeypatch):
    sent = []
    monkeypatch.setattr(view, "play", lambda *what: sent.append(what))
    getattr(playground, name)(**CALLS.get(name, {}))
    assert json.loads(json.dumps(sent)) == [list(sent[0])]


def test_a_state_and_data_stand_in_the_page_for_its_script():
    html = view.still("neuron", {"w1": 2, "activation": 'a "name" <&>'}, [1, 2])
    assert (
        'data-state="{&quot;w1&quot;: 2, &quot;activation&quot;: &quot;a \\&quot;name\\&quot; &lt;&amp;&gt;&quot;}"'
        in html
    )
    assert 'data-data="[1, 2]"' in html


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: playground.neuron(activation="relu"), "activation is one of 'linear', 'sigmoid'"),
        (lambda: playground.activation("swish"), "not 'swish'"),
        (lambda: playground.convolution("house"), "drawing is one of 'bar'"),
        (lambda: playground.convolution(kernel="edge"), "kernel is one of 'left-right edge'"),
        (lambda: playground.xor(activation="relu"), "activation is one of 'tanh', 'ReLU'"),
        (lambda: playground.xor(hidden=5), "hidden is a whole number from 1 to 4, not 5"),
        (lambda: playground.xor(seed=0), "seed is a whole number from 1 to 50, not 0"),
    ],
)
def test_what_it_does_not_know_is_refused_with_what_it_knows(call, told):
    with pytest.raises(ValueError, match=told):
        call()
