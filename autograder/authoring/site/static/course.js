// Copy buttons; a switch for those who want to see every answer at once; folds open on paper. All of it can be missing.
const remember = (value) => { try { if (value === undefined) return localStorage.getItem("guesses"); localStorage.setItem("guesses", value); } catch { return null; } };

for (const block of document.querySelectorAll(".highlight")) {
  const button = Object.assign(document.createElement("button"), { className: "copy", type: "button", textContent: "Copy" });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(block.querySelector("pre").innerText);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select and copy by hand";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  block.append(button);
}

const guesses = document.querySelectorAll("details.guess");
const doors = document.getElementById("run-it");
if (doors && guesses.length) {
  const every = Object.assign(document.createElement("button"), { className: "door every", type: "button" });
  const say = (open) => {
    every.textContent = open ? "Let me guess first" : "Open all answers";
    every.setAttribute("aria-pressed", open);
    for (const guess of guesses) guess.open = open;
  };
  every.addEventListener("click", () => { const open = every.getAttribute("aria-pressed") !== "true"; remember(open ? "open" : "shut"); say(open); });
  say(remember() === "open");
  doors.append(every);
}

// Options of a question: a click is a guess. It opens the answer and says the sentence for it, which stands there among the others.
for (const ask of document.querySelectorAll(".ask")) {
  const fold = [...guesses].find((guess) => ask.compareDocumentPosition(guess) & Node.DOCUMENT_POSITION_FOLLOWING);
  const items = [...ask.querySelectorAll(".options > li")];
  if (!fold || ask.textContent.includes("Put them in order")) continue;
  const said = Object.assign(document.createElement("p"), { className: "said" });
  said.setAttribute("role", "status");
  for (const item of items) {
    const option = item.textContent;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: option });
    button.addEventListener("click", () => {
      for (const other of ask.querySelectorAll("button")) other.setAttribute("aria-pressed", other === button);
      fold.open = true;
      const answers = [...fold.querySelectorAll(".output")].filter((one) => /(Measured|Answer):/.test(one.textContent));
      const answer = answers.find((one) => items.some((each) => one.textContent.includes(each.textContent)));
      const lines = [...(answer?.querySelectorAll("li") ?? [])].map((line) => line.textContent.replace(/^If you (?:expect|say) /, ""));
      const sentence = `"${option.replace(/\.$/, "")}": `;
      const told = lines.find((line) => line.startsWith(sentence))?.slice(sentence.length);
      const came = answer?.querySelector("p")?.childNodes[1]?.textContent.trim(); // after "Measured:", up to the next line
      const right = came === option || came?.startsWith(`${option} (`);
      said.textContent = `You said: ${option}${option.endsWith(".") ? "" : "."} ${right ? "So it is." : (told ?? "It came out otherwise:")}`;
      fold.querySelector("summary").after(said);
    });
    item.replaceChildren(button);
  }
}

// What is off a lesson's main path is folded, as in the notebook; a link into it opens it.
for (const heading of document.querySelectorAll("section > :is(h2, h3)")) {
  if (!heading.textContent.startsWith("Deeper:")) continue;
  const fold = Object.assign(document.createElement("details"), { className: "deeper" });
  fold.append(Object.assign(document.createElement("summary"), { textContent: "Off the main path: open it when you have time" }));
  while (heading.nextSibling) fold.append(heading.nextSibling);
  heading.after(fold);
}
const enter = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (const fold of place?.querySelectorAll(":scope > details.deeper") ?? []) fold.open = true;
  for (let fold = place?.closest("details.deeper"); fold; fold = fold.parentElement.closest("details.deeper")) fold.open = true;
  if (place?.closest("details.deeper")) place.scrollIntoView();
};
addEventListener("hashchange", enter);
enter();

let shut = [];
addEventListener("beforeprint", () => { shut = [...document.querySelectorAll("details:is(.guess, .deeper):not([open])")]; for (const fold of shut) fold.open = true; });
addEventListener("afterprint", () => { for (const fold of shut) fold.open = false; });
