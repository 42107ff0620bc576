// Proof of work: finds the number that a form asks for (accounts/proof_of_work.py), from the first
// touch of the form on, and lets the form go once it is there.

(() => {
  const AT_ONCE = 256;
  const encoder = new TextEncoder();

  const zeroBits = (digest) => {
    let bits = 0;
    for (const byte of new Uint8Array(digest)) {
      if (byte) return bits + Math.clz32(byte) - 24;
      bits += 8;
    }
    return bits;
  };

  const tried = async (stamp, number) =>
    zeroBits(await crypto.subtle.digest("SHA-256", encoder.encode(`${stamp}:${number}`)));

  const solve = async (stamp, bits) => {
    for (let first = 0; ; first += AT_ONCE) {
      const numbers = Array.from({ length: AT_ONCE }, (_, place) => first + place);
      const found = await Promise.all(numbers.map((number) => tried(stamp, number)));
      const place = found.findIndex((zeros) => zeros >= bits);
      if (place >= 0) return String(first + place);
    }
  };

  for (const field of document.querySelectorAll("input[data-work-bits]")) {
    const form = field.form;
    let work;
    const begin = () => {
      const stamp = form.elements.namedItem("opened").value;
      work ??= solve(stamp, Number(field.dataset.workBits)).then((number) => {
        field.value = number;
      });
      return work;
    };
    form.addEventListener("focusin", begin, { once: true });
    form.addEventListener("submit", async (event) => {
      if (field.value) return;
      event.preventDefault();
      const button = event.submitter;
      await begin();
      form.requestSubmit(button);
    });
  }
})();
