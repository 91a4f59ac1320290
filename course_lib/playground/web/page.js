// For a plain page: makes every <… data-playground="neuron" data-state='{"w1": 2}' data-data='…'> live.
//
// <link rel="stylesheet" href="playground/look.css"><script type="module" src="playground/page.js"></script>

for (const el of document.querySelectorAll("[data-playground]")) {
  const { playground, state = "{}", data = "null" } = el.dataset;
  import(`./${playground}.js`)
    .then((module) => module.default.mount(el, JSON.parse(state), { data: JSON.parse(data), link: true }))
    .catch((error) => console.error(`playground ${playground}:`, error)); // its still picture stays
}
