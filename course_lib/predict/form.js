// A question with a button. Nothing leaves the form before the button is pressed; question.py says what is asked.

let count = 0; // names of radio groups must differ

function element(tag, className, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

function labelled(input, text) {
  const label = element("label", "predict-option");
  label.append(input, ` ${text}`);
  return label;
}

// Each returns the nodes to show, and a function that reads the guess: null as long as there is none.
const kinds = {
  choice({ options }, name) {
    const radios = options.map((option) => Object.assign(element("input", ""), { type: "radio", name, value: option }));
    const read = () => radios.find((radio) => radio.checked)?.value ?? null;
    return [radios.map((radio) => labelled(radio, radio.value)), read, "Choose one first."];
  },
  number({ unit, word }) {
    const input = Object.assign(element("input", "predict-number"), { type: "number", step: "any" });
    const label = element("label", "predict-option", `Your ${word}: `);
    label.append(input, ` ${unit}`);
    return [[label], () => (input.value === "" ? null : Number(input.value)), "Type a number first."];
  },
  order({ options }) {
    const places = options.map(() => {
      const place = element("select", "predict-place");
      place.append(new Option("choose …", ""), ...options.map((option) => new Option(option, option)));
      return place;
    });
    const read = () => {
      const values = places.map((place) => place.value);
      return new Set(values.filter(Boolean)).size === options.length ? values : null;
    };
    const labels = places.map((place, i) => {
      const label = element("label", "predict-option", `${i + 1}. `);
      label.append(place);
      return label;
    });
    return [labels, read, "Give each of them one place first."];
  },
};

function render({ model, el }) {
  const question = model.get("question");
  const form = element("form", "predict");
  form.dataset.lmSuppressShortcuts = "true"; // arrow keys belong to the form, not to JupyterLab
  const group = element("fieldset", "");
  group.append(element("legend", "", `${question.lead}: ${question.text}`));
  const [nodes, read, missing] = kinds[question.kind](question, `predict-${(count += 1)}`);
  group.append(...nodes);
  if (question.hint) group.append(element("p", "predict-hint", question.hint));
  const button = Object.assign(element("button", "", `Keep my ${question.word}`), { type: "submit" });
  const note = element("p", "predict-note", model.get("note"));
  note.setAttribute("role", "status");
  form.append(group, button, note);
  form.noValidate = true;
  form.addEventListener("keydown", (event) => event.stopPropagation());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const guess = read();
    if (guess === null) {
      note.textContent = missing;
      return;
    }
    note.textContent = model.get("note"); // the same guess again brings no new one
    model.set("said", guess);
    model.save_changes();
  });
  const tell = () => {
    note.textContent = model.get("note");
  };
  model.on("change:note", tell);
  el.append(form);
  return () => model.off("change:note", tell);
}

export default { render };
