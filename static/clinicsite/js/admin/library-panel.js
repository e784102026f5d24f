/**
 * A section that an address leads to, in the page editor. The editor draws its fields after the browser has
 * gone there, so go there once more.
 */
addEventListener('load', () => {
  const section = document.querySelector('.composed__section:target');
  if (!section) return;
  section.tabIndex = -1;
  section.scrollIntoView({ behavior: 'instant' });
  section.focus({ preventScroll: true });
});
