// Moves the boxes of a MapReduce job from frame to frame. All frames come from mapreduce.py.

function element(tag, className, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

function render({ model, el }) {
  const scenes = model.get("scenes");
  const size = model.get("size");
  const root = element("div", "mr");
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "MapReduce, step by step. Left and right arrow keys step back and forward.");

  const controls = element("div", "mr-controls");
  const job = element("select", "mr-job");
  job.setAttribute("aria-label", "Job");
  for (const name of Object.keys(scenes)) job.append(new Option(name));
  const switchLabel = element("label", "mr-switch");
  const combiner = element("input", "mr-combiner");
  combiner.type = "checkbox";
  switchLabel.append(combiner, " combiner");
  const back = element("button", "mr-back", "◀ Back");
  const next = element("button", "mr-next", "Next ▶");
  const steps = element("span", "mr-steps");
  controls.append(job, switchLabel, back, next, steps);

  const stage = element("div", "mr-stage");
  stage.style.width = `${size.workers * size.column}px`;
  stage.style.height = `${size.height}px`;
  for (let worker = 0; worker < size.workers; worker++) {
    const column = element("div", "mr-worker", `worker ${worker + 1}`);
    column.style.left = `${worker * size.column}px`;
    column.style.width = `${size.column - 12}px`;
    stage.append(column);
  }
  const say = element("p", "mr-say");
  say.setAttribute("aria-live", "polite");
  const compare = element("p", "mr-compare");
  root.append(controls, stage, say, compare);
  el.append(root);

  let step = 0;
  let shown = null; // the frame on the stage
  const nodes = new Map(); // id of a box -> its element

  const frames = () => scenes[job.value].frames[combiner.checked ? 1 : 0];

  function put(node, box, opacity = 1) {
    node.style.transform = `translate(${box.x + 4}px, ${box.y}px)`;
    node.style.opacity = opacity;
  }

  function make(box, from) {
    const node = element("div", "mr-box", box.text);
    node.style.width = `${box.width - 8}px`;
    node.style.background = scenes[job.value].tints[box.key] ?? "#eeeeee";
    put(node, from ?? box, from ? 0 : 1);
    stage.append(node);
    return node;
  }

  function draw(frame, forward) {
    const old = shown ? shown.boxes : [];
    const relative = (box) => // the box of the other frame that this one comes from, or goes into
      forward ? old.find((o) => box.parents.includes(o.id)) : old.find((o) => o.parents.includes(box.id));
    const heir = (o) =>
      forward ? frame.boxes.find((b) => b.parents.includes(o.id)) : frame.boxes.find((b) => o.parents.includes(b.id));
    const ids = new Set(frame.boxes.map((box) => box.id));
    for (const o of old) {
      if (ids.has(o.id)) continue;
      const node = nodes.get(o.id);
      nodes.delete(o.id);
      put(node, heir(o) ?? o, 0);
      setTimeout(() => node.remove(), 600);
    }
    for (const box of frame.boxes) {
      if (!nodes.has(box.id)) {
        nodes.set(box.id, make(box, relative(box)));
        void stage.offsetWidth; // take the starting place in before moving on
      }
      const node = nodes.get(box.id);
      node.classList.toggle("mr-sent", box.sent);
      put(node, box);
    }
    shown = frame;
  }

  function update(forward) {
    const all = frames();
    draw(all[step], forward);
    say.textContent = `${all[step].name}. ${all[step].say}`;
    steps.textContent = all.map((frame, i) => (i === step ? `[${frame.name}]` : frame.name)).join(" → ");
    back.disabled = step === 0;
    next.disabled = step === all.length - 1;
    const [without, withIt] = scenes[job.value].frames.map((list) => list.at(-1).crossed);
    compare.textContent =
      step === all.length - 1 ? `Crossed the network: ${without} without combiner, ${withIt} with it.` : "";
  }

  function go(change) {
    const to = Math.min(Math.max(step + change, 0), frames().length - 1);
    if (to === step) return;
    step = to;
    update(change > 0);
  }

  function restart() {
    for (const node of nodes.values()) node.remove();
    nodes.clear();
    shown = null;
    step = 0;
    update(true);
  }

  back.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  job.addEventListener("change", restart);
  combiner.addEventListener("change", restart);
  root.addEventListener("keydown", (event) => {
    if (event.target === job) return;
    const change = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!change) return;
    event.preventDefault();
    event.stopPropagation();
    go(change);
  });
  restart();
}

export default { render };
