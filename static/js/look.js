// Comfort only: every page does its work without this file.
(() => {
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  for (const link of document.querySelectorAll("a[data-dialog]")) {
    const dialog = document.getElementById(link.dataset.dialog);
    if (!dialog || typeof dialog.showModal !== "function") continue;
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      dialog.showModal();
    });
    for (const button of dialog.querySelectorAll("[data-close]")) {
      button.hidden = false;
      button.addEventListener("click", () => dialog.close());
    }
  }

  // Security keys report their refusals to the console only: say it in the page.
  document.addEventListener("allauth.error", () => {
    const main = document.getElementById("contenu");
    const first = main.querySelector("h1");
    const notice = document.createElement("div");
    notice.className = "notice notice-bad";
    notice.setAttribute("role", "alert");
    notice.textContent = "La clé n’a pas répondu, ou vous avez renoncé. Recommencez, ou choisissez un autre moyen.";
    main.querySelectorAll(".notice-bad[data-key]").forEach((old) => old.remove());
    notice.dataset.key = "";
    first.after(notice);
  });
})();
