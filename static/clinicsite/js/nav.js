/** Closes the open menu by Escape or a press outside it, as people expect. `<details data-nav>` opens it. */

for (const menu of document.querySelectorAll("[data-nav]")) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}
