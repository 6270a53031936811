// Comfort only: the pile by keyboard. Keys do what the form's own controls do, and can be turned off.
(() => {
  const form = document.querySelector("form[data-pile]");
  const undo = document.querySelector("form[data-undo]");
  const help = document.querySelector("[data-shortcuts]");
  if (!form || !help) return;
  const NAME = "raccourcis";
  const remembered = () => { try { return localStorage.getItem(NAME) !== "non"; } catch { return true; } };
  const remember = (on) => { try { localStorage.setItem(NAME, on ? "oui" : "non"); } catch { /* private window */ } };
  let on = remembered(), chosen = false;

  const toggle = help.querySelector("[data-toggle]");
  const show = () => {
    toggle.setAttribute("aria-pressed", on);
    toggle.textContent = on ? "Raccourcis activés" : "Raccourcis désactivés";
    for (const key of form.querySelectorAll("kbd")) key.hidden = !on && !help.contains(key);
  };
  toggle.addEventListener("click", () => { on = !on; remember(on); show(); });
  help.hidden = false;
  show();

  const writes = (element) => element.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
  const acts = (element) => element.matches("a, button, summary");
  const also = form.querySelector("[data-also]");

  // The first number is the main theme; another one is added to it, or taken away again.
  const theme = (input) => {
    if (!chosen || input.value === "-") {
      input.checked = true;
      chosen = input.value !== "-";
      for (const box of also.querySelectorAll("input")) box.checked = false;
    } else if (!input.checked) {
      const box = also.querySelector(`input[value="${CSS.escape(input.value)}"]`);
      box.checked = !box.checked;
      also.open = true;
    }
  };

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.repeat || writes(event.target)) return;
    const key = event.key.toLowerCase();
    const input = /^[1-9hcp]$/.test(key) && form.querySelector(`[data-key="${key}"]`);
    if (input) {
      if (input.name === "theme") theme(input); else input.checked = true;
    } else if (key === "enter" && !acts(event.target)) {
      form.requestSubmit();
    } else if (key === "s") {
      form.querySelector("[data-skip]").click();
    } else if (key === "u" && undo) {
      undo.requestSubmit();
    } else {
      return;
    }
    event.preventDefault();
  });
})();
