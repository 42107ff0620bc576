/* Titles to choose from while one types, and which results are opened; search works without. */

(() => {
  "use strict";

  const WAITS = 150; // milliseconds after the last letter
  const SHORTEST = 2; // letters

  // An editable combobox with a list, as the ARIA Authoring Practices describe it.
  class Suggestions {
    constructor(form) {
      this.form = form;
      this.input = form.querySelector("[type=search]");
      this.known = new Map();
      this.options = [];
      this.active = -1;
      this.list = this.add("div", { role: "listbox", class: "search-box__list", hidden: "" });
      this.list.id = `${this.input.id}-list`;
      this.list.setAttribute("aria-label", form.querySelector("label").textContent.trim());
      this.status = this.add("p", { role: "status", class: "visually-hidden" });
      for (const [name, value] of Object.entries({
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-controls": this.list.id,
        "aria-expanded": "false",
      })) this.input.setAttribute(name, value);
      this.input.addEventListener("input", (event) => this.later(event));
      this.input.addEventListener("keydown", (event) => this.press(event));
      this.input.addEventListener("blur", () => this.close());
      // Pressing must not take the focus away: the list would be gone before it is clicked.
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.open(option, event.ctrlKey || event.metaKey);
      });
    }

    add(name, attributes, parent = this.form, text = "") {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      element.textContent = text;
      return parent.appendChild(element);
    }

    later(event) {
      clearTimeout(this.timer);
      if (event.isComposing) return;
      this.timer = setTimeout(() => this.ask(this.input.value.trim()), WAITS);
    }

    async ask(text) {
      this.asking?.abort();
      if (text.length < SHORTEST) return this.close();
      if (!this.known.has(text)) {
        this.asking = new AbortController();
        const address = `${this.form.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
        try {
          const answer = await fetch(address, { signal: this.asking.signal });
          if (!answer.ok) return this.close();
          this.known.set(text, await answer.json());
        } catch {
          return; // a newer question is on its way, or the network is gone
        }
      }
      if (document.activeElement === this.input) this.show(this.known.get(text));
    }

    show({ suggestions, status }) {
      this.choose(-1);
      this.list.replaceChildren();
      let type = "";
      let group;
      for (const found of suggestions) {
        if (found.type !== type) {
          type = found.type;
          group = this.add("div", { role: "group", "aria-label": found.type_label }, this.list);
          const heading = { class: "search-box__type", "aria-hidden": "true" };
          this.add("p", heading, group, found.type_label);
        }
        const id = `${this.list.id}-${this.list.querySelectorAll("[role=option]").length}`;
        const attributes = { role: "option", id, class: "search-box__option", dir: "auto" };
        const option = this.add("div", attributes, group, found.title);
        if (found.language) option.lang = found.language;
        option.dataset.url = found.url;
      }
      this.options = [...this.list.querySelectorAll("[role=option]")];
      this.expand(this.options.length > 0);
      this.status.textContent = status;
    }

    expand(wide) {
      this.list.hidden = !wide;
      this.input.setAttribute("aria-expanded", wide);
    }

    close() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.choose(-1);
      this.expand(false);
    }

    choose(place) {
      this.options[this.active]?.removeAttribute("aria-selected");
      this.active = place;
      const option = this.options[place];
      if (!option) return this.input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }

    press(event) {
      if (event.isComposing) return;
      const { key } = event;
      if (key === "Escape" && !this.list.hidden) {
        this.close();
      } else if (key === "Enter" && !this.list.hidden && this.active >= 0) {
        this.open(this.options[this.active], event.ctrlKey || event.metaKey);
      } else if (key === "ArrowDown" || key === "ArrowUp") {
        this.step(key === "ArrowDown" ? 1 : -1);
      } else {
        return;
      }
      event.preventDefault();
    }

    // From the last option on to the box itself, then to the first one again.
    step(by) {
      if (this.list.hidden) return this.ask(this.input.value.trim());
      const places = this.options.length + 1;
      this.choose(((this.active + 1 + by + places) % places) - 1);
    }

    open(option, elsewhere) {
      if (elsewhere) window.open(option.dataset.url);
      else window.location.assign(option.dataset.url);
    }
  }

  for (const form of document.querySelectorAll("form[data-suggestions]")) new Suggestions(form);

  // Which results are of use, without who it was.
  const results = document.querySelector("[data-opened]");
  const report = (event) => {
    const result = event.target.closest("a") && event.target.closest("[data-uid]");
    if (!result || event.button > 1) return;
    const { opened, words } = results.dataset;
    const { uid, place } = result.dataset;
    navigator.sendBeacon(opened, new URLSearchParams({ words, uid, place }));
  };
  for (const kind of ["click", "auxclick"]) results?.addEventListener(kind, report);
})();
