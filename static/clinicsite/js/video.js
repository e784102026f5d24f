/**
 * Puts a player in place of a video link once it is pressed; until then nothing is asked of the video's host.
 *
 *   <figure data-video="https://…/embed/…" data-video-title="…"><a data-video-play href="…">…</a></figure>
 */

function playerFor(figure) {
  const frame = document.createElement("iframe");
  frame.src = figure.dataset.video;
  frame.title = figure.dataset.videoTitle;
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.className = "video__player";
  return frame;
}

for (const figure of document.querySelectorAll("[data-video]")) {
  const link = figure.querySelector("[data-video-play]");
  if (!link || !figure.dataset.video) continue;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const player = playerFor(figure);
    link.replaceWith(player);
    player.focus();
  });
}
