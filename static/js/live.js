// Comfort only: while a job goes on its block is asked again, quietly. Nothing is announced and nothing else of the page moves.
(() => {
  const PAUSE = 2000, LONGEST_PAUSE = 30000;
  const follow = (block) => {
    for (const plain of block.querySelectorAll("[data-plain]")) plain.hidden = true; // the link that does the same by hand
    let pause = PAUSE;
    const again = () => setTimeout(async () => {
      if (document.hidden) return again();
      try {
        const answer = await fetch(block.dataset.live, { headers: { Accept: "text/html" } });
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        const holder = document.createElement("div");
        holder.innerHTML = await answer.text();
        const fresh = holder.firstElementChild;
        const hasFocus = block.contains(document.activeElement);
        if (hasFocus && fresh.dataset.live) return again(); // somebody is in it: leave it as it is
        block.replaceWith(fresh);
        if (fresh.dataset.live) follow(fresh);
      } catch {
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        again();
      }
    }, pause);
    again();
  };
  document.querySelectorAll("[data-live]").forEach(follow);
})();
