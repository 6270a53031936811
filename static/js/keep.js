// Comfort only: saves what is typed while it is typed. What is not saved yet stays in this window, even after an error page.
(() => {
  const WAIT = 2000, LONGEST_WAIT = 30000;
  const PREFIX = "brouillon:";
  const store = {
    get: (key) => { try { return sessionStorage.getItem(PREFIX + key); } catch { return null; } },
    set: (key, text) => { try { sessionStorage.setItem(PREFIX + key, text); } catch { /* private window */ } },
    drop: (key) => { try { sessionStorage.removeItem(PREFIX + key); } catch { /* private window */ } },
    others: (path) => { try { return Object.keys(sessionStorage).filter((k) => k.startsWith(PREFIX) && k !== PREFIX + path); } catch { return []; } },
  };
  // Arrived on another page of the questionnaire: what was sent from the former ones has been received.
  for (const key of store.others(location.pathname)) {
    if (JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
  }

  for (const line of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(line.dataset.copy);
    if (!navigator.clipboard) continue;
    line.hidden = false;
    line.querySelector("button").addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value).catch(() => field.select());
      line.querySelector("[role=status]").textContent = "Adresse copiée.";
    });
  }

  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const path = location.pathname;
  const saved = form.querySelector("[data-saved]");
  const trouble = form.querySelector("[data-trouble]");
  const urgent = form.querySelector("[data-urgent]");
  const typed = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const say = (text, kind) => {
    saved.hidden = false;
    saved.className = `saved${kind ? ` saved-${kind}` : ""}`;
    saved.textContent = text;
  };
  let timer, wait = WAIT, last = JSON.stringify(typed()), failing = false, leaving = false, busy = false;

  const later = (delay) => { clearTimeout(timer); timer = setTimeout(save, delay); };
  const fail = (text) => {
    say("Pas encore enregistré", "failed");
    if (!failing || trouble.textContent !== text) trouble.textContent = text;
    failing = true;
  };
  const save = async () => {
    if (busy || leaving) return later(WAIT);
    const now = JSON.stringify(typed());
    const body = new URLSearchParams(typed());
    body.set("action", "garder");
    busy = true;
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status === 409 || answer.status === 410) return fail((await answer.json()).text);
      if (!answer.ok) throw new Error(answer.status);
      const told = await answer.json();
      last = now;
      wait = WAIT;
      if (failing) trouble.textContent = "";
      failing = false;
      say(told.text, told.is_whole ? "" : "pending");
      if (told.is_whole && JSON.stringify(typed()) === now) store.drop(path);
      if (told.urgent && !urgent.hasChildNodes()) {
        document.activeElement.closest?.(".question")?.append(urgent); // where the eyes are
        urgent.innerHTML = told.urgent;
      }
    } catch {
      fail("L’enregistrement n’a pas abouti. Votre texte reste dans cette page, et nous réessayons.");
      wait = Math.min(wait * 2, LONGEST_WAIT);
      later(wait);
    } finally {
      busy = false;
    }
  };
  const changed = () => {
    const now = JSON.stringify(typed());
    if (now === last) return;
    store.set(path, JSON.stringify({ values: typed(), sent: false }));
    if (!failing) say("Enregistrement…", "pending");
    later(failing ? wait : WAIT);
  };
  const put = (values) => {
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "submit") continue;
      const own = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = own.includes(field.value);
      else {
        const same = [...form.elements].filter((other) => other.name === field.name && other.type === field.type);
        field.value = own[same.indexOf(field)] ?? "";
      }
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Back after an error page or a lost connection: what this window kept is put back, then saved.
  const restore = () => {
    leaving = false;
    const kept = store.get(path);
    if (!kept || form.querySelector("[aria-invalid], .is-wrong, [data-asked]")) return;
    const { values } = JSON.parse(kept);
    if (JSON.stringify(values) === JSON.stringify(typed())) return store.drop(path);
    put(values);
    trouble.textContent = "Ce que vous aviez écrit dans cette page a été retrouvé.";
    later(0);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    store.set(path, JSON.stringify({ values: typed(), sent: true }));
  });
  window.addEventListener("online", () => failing && later(0));
  window.addEventListener("pageshow", (event) => { if (event.persisted) restore(); });
  restore();

  // On a slow phone people write before this file has come.
  const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
  const isWritten = (field) =>
    isTicked(field) ? field.checked !== field.defaultChecked : "defaultValue" in field && field.value !== field.defaultValue;
  if ([...form.elements].some((field) => field.type !== "hidden" && isWritten(field))) {
    last = "";
    changed();
  }
})();
