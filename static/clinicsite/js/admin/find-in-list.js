/** Narrows a long list of checkboxes to those whose words hold what is typed; ticked ones always stay. */

const SHORT_LIST = 8;

function choicesOf(list) {
  return [...list.querySelectorAll("input[type=checkbox]")].map((box) => ({
    box,
    row: box.closest("label").parentElement,
    words: box.closest("label").textContent.toLowerCase(),
  }));
}

function addFinder(list) {
  const choices = choicesOf(list);
  if (choices.length <= SHORT_LIST) return;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "release-pilots__find";
  field.setAttribute("aria-label", "Find a clinic in this list");
  field.placeholder = "Find a clinic";
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const { box, row, words } of choices) row.hidden = !box.checked && !words.includes(wanted);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  choices[0].row.parentElement.before(field);
}

document.querySelectorAll("[data-find-in-list]").forEach(addFinder);
