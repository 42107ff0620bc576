// Passkeys: asks the device for one and sends what it answers with the form.
// A form says what it does in data-passkey (log-in, use, add); it shows once that can work.

(() => {
  const { webauthnJSON } = window;
  if (!webauthnJSON?.supported() || !window.isSecureContext) return;

  const fetched = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };

  const written = (id) => JSON.parse(document.getElementById(id).textContent);

  // A passkey that logs in alone has to be kept by the device and asks who is there.
  const toAdd = ({ creation_options: options }) => {
    Object.assign(options.publicKey.authenticatorSelection, {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    });
    return options;
  };

  const asked = {
    "log-in": async (form) => webauthnJSON.get((await fetched(form.action)).request_options),
    use: (form) => webauthnJSON.get(written(form.dataset.options).request_options),
    add: (form) => webauthnJSON.create(toAdd(written(form.dataset.options))),
  };

  const problem = (form, error) =>
    (error.name === "InvalidStateError" && form.dataset.thereAlready) || form.dataset.notDone;

  for (const form of document.querySelectorAll("[data-passkey]")) {
    const says = form.querySelector("[data-passkey-says]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      says.textContent = "";
      try {
        const credential = await asked[form.dataset.passkey](form);
        form.elements.namedItem("credential").value = JSON.stringify(credential);
        form.submit();
      } catch (error) {
        says.textContent = problem(form, error);
      }
    });
  }
  for (const notice of document.querySelectorAll("[data-passkey-missing]")) notice.hidden = true;
})();
