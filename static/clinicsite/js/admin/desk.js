/** Shows what patients will read while a quick task is filled in; the server says it. */
const PAUSE = 250;

for (const form of document.querySelectorAll("[data-desk-task]")) {
  const said = form.querySelector("[data-desk-reads]");
  let timer;
  let asked = 0;

  async function ask() {
    const number = (asked += 1);
    const body = new FormData(form);
    body.set("preview", "1");
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (number !== asked || !answer.ok) return;
    const { reads, missing } = await answer.json();
    said.textContent = reads ?? missing;
    said.toggleAttribute("data-missing", reads === undefined);
  }

  form.querySelector("[data-desk-preview]").hidden = true;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  ask();
}
