/* Small comforts; every page works without them. */

(() => {
  "use strict";

  // Selects that choose how a page is shown apply at once; their button goes.
  for (const select of document.querySelectorAll("select[data-submit]")) {
    const button = select.form.querySelector("[type=submit]");
    if (button) button.hidden = true;
    let byKeyboard = false;
    select.addEventListener("keydown", (event) => {
      byKeyboard = event.key !== "Enter";
    });
    select.addEventListener("change", () => {
      // Arrow keys change a closed select step by step: then wait until focus leaves.
      if (!byKeyboard) select.form.requestSubmit();
    });
    select.addEventListener("blur", () => {
      const chosen = [...select.options].findIndex((option) => option.defaultSelected);
      if (byKeyboard && select.selectedIndex !== Math.max(chosen, 0)) select.form.requestSubmit();
    });
  }

  // Copy buttons stay hidden where copying is impossible.
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-copy], [data-copy-text]")) {
      const label = button.textContent;
      button.hidden = false;
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", async () => {
        const source = document.getElementById(button.dataset.copy);
        const text = button.dataset.copyText || (source ? source.textContent.trim() : "");
        try {
          await navigator.clipboard.writeText(text);
        } catch {
          return;
        }
        button.textContent = button.dataset.done;
        setTimeout(() => {
          button.textContent = label;
        }, 2500);
      });
    }
  }

  // “Your time” for readers who have not chosen a zone: filled from the clock of the device.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const hint of document.querySelectorAll("[data-local-time]")) {
    const moment = new Date(hint.dataset.localTime);
    if (!zone || Number.isNaN(moment.getTime())) continue;
    const words = new Intl.DateTimeFormat(document.documentElement.lang, {
      weekday: "short",
      day: "numeric",
      month: "long",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZoneName: "short",
    }).format(moment);
    hint.querySelector("[data-local-words]").textContent = words;
    hint.hidden = false;
  }

  // After a form is refused, reading starts at the summary of what to put right.
  document.querySelector("[data-focus]")?.focus();
})();
