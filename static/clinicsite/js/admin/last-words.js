/**
 * What is typed just before saving is saved too. An editor of rich text hands its words to the form a quarter of a
 * second after the last change, and begins to wait anew when its cursor moves or it is left, as by the press on Save
 * itself. The address of a new page is made of its title after as long. A press that comes sooner is made again then.
 */
const HANDED_ON_AFTER = 300;
const form = document.getElementById("page-edit-form");
let changedAt = -HANDED_ON_AFTER;

const isOfAnEditor = ({ target }) =>
  (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest(".Draftail-Editor");

if (form) {
  new MutationObserver((changes) => {
    if (changes.some(isOfAnEditor)) changedAt = performance.now();
  }).observe(form, { subtree: true, childList: true, characterData: true });

  for (const kind of ["input", "keydown", "focusout"]) {
    form.addEventListener(kind, (event) => {
      if (kind === "input" || isOfAnEditor(event)) changedAt = performance.now();
    });
  }

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button, input[type=submit]");
      const left = changedAt + HANDED_ON_AFTER - performance.now();
      if (button?.type !== "submit" || button.form !== form || left <= 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      setTimeout(() => button.click(), left);
    },
    { capture: true },
  );
}
