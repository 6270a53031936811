// Comfort only: without this file every question is shown, and the server decides what applies.
(() => {
  const chosen = (name) =>
    [...document.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`)].map((input) => input.value);

  const show = () => {
    for (const question of document.querySelectorAll("[data-shown-on]")) {
      const keys = question.dataset.shownIf.split(" ");
      const parent = document.querySelector(`[name="${CSS.escape(question.dataset.shownOn)}"]`);
      const isAsked = parent && !parent.closest(".question[hidden]");
      question.hidden = !(isAsked && chosen(question.dataset.shownOn).some((key) => keys.includes(key)));
    }
    for (const detail of document.querySelectorAll("[data-other]")) {
      const field = detail.querySelector("input");
      detail.hidden = !chosen(detail.dataset.other).includes("_autre") && !field.value;
    }
  };

  // With the question itself hidden or shown, its condition need not be said.
  for (const when of document.querySelectorAll("[data-when]")) when.hidden = true;
  document.addEventListener("change", show);
  show();
})();
