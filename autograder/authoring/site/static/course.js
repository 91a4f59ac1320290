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

let shut = [];
addEventListener("beforeprint", () => { shut = [...document.querySelectorAll("details.guess:not([open])")]; for (const fold of shut) fold.open = true; });
addEventListener("afterprint", () => { for (const fold of shut) fold.open = false; });
