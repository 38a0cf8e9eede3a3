// Signing in with password and second factor, and adding a first one. Until there is a web app this is the only page
// with a security key; it keeps nothing and shows one step at a time.
(() => {
  const AUTH = "/api/v1/auth/browser/v1/";
  const said = document.querySelector("[data-said]");
  const forms = [...document.querySelectorAll("form[data-step]")];
  const cookie = () => (document.cookie.match(/(?:^|; )__Host-csrf=([^;]+)/) || ["", ""])[1];

  const call = async (method, path, body) => {
    const headers = { "X-CSRFToken": cookie(), "Content-Type": "application/json" };
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), cache: "no-store" });
    return { status: answer.status, json: await answer.json().catch(() => ({})) };
  };
  const show = (...steps) => forms.forEach((form) => (form.hidden = !steps.includes(form.dataset.step)));
  const tell = (answer) => {
    const problems = (answer.json.errors || []).map((one) => one.message || one.detail);
    said.textContent = answer.status < 300 ? "" : problems.join(" ") || answer.json.detail || "";
  };

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const ids = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const credential = (made, names) => ({
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: Object.fromEntries(names.filter((n) => made.response[n]).map((n) => [n, text(made.response[n])])),
  });

  const answerKey = async (path) => {
    const asked = await call("GET", AUTH + path);
    if (asked.status !== 200) return asked;
    const options = asked.json.data.request_options.publicKey;
    const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: ids(options.allowCredentials) };
    const made = await navigator.credentials.get({ publicKey });
    const names = ["clientDataJSON", "authenticatorData", "signature", "userHandle"];
    return call("POST", AUTH + path, { credential: credential(made, names) });
  };
  const addKey = async () => {
    const asked = await call("GET", `${AUTH}account/authenticators/webauthn`);
    if (asked.status !== 200) return asked;
    const options = asked.json.data.creation_options.publicKey;
    const user = { ...options.user, id: bytes(options.user.id) };
    const excluded = ids(options.excludeCredentials);
    const publicKey = { ...options, user, challenge: bytes(options.challenge), excludeCredentials: excluded };
    const made = credential(await navigator.credentials.create({ publicKey }), ["clientDataJSON", "attestationObject"]);
    return call("POST", `${AUTH}account/authenticators/webauthn`, { name: "", credential: made });
  };

  // What the session is now decides which step is shown.
  const look = async () => {
    const me = await call("GET", "/api/v1/me");
    if (me.status === 200) return show("inside");
    const session = await call("GET", `${AUTH}auth/session`);
    const flow = ((session.json.data || {}).flows || []).find((one) => one.is_pending);
    if (flow) return show(...flow.types.map((one) => (one === "webauthn" ? "key" : "code")));
    if (session.status !== 200) return show("password");
    if (me.json.code === "security_key_required") said.textContent = me.json.detail;
    const totp = await call("GET", `${AUTH}account/authenticators/totp`);
    document.querySelector("[data-secret]").textContent = ((totp.json || {}).meta || {}).secret || "";
    return totp.status === 404 ? show("add_key", "add_totp") : show("add_key", "key", "inside");
  };
  const key = async () => {
    const session = await call("GET", `${AUTH}auth/session`);
    return answerKey(session.status === 200 ? "auth/webauthn/reauthenticate" : "auth/webauthn/authenticate");
  };
  const steps = {
    password: (given) => call("POST", `${AUTH}auth/login`, given),
    code: (given) => call("POST", `${AUTH}auth/2fa/authenticate`, given),
    key,
    add_key: addKey,
    add_totp: (given) => call("POST", `${AUTH}account/authenticators/totp`, given),
    inside: () => call("DELETE", `${AUTH}auth/session`),
  };
  forms.forEach((form) =>
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.textContent = "";
      const given = Object.fromEntries(new FormData(form));
      form.reset();
      try {
        tell(await steps[form.dataset.step](given));
      } catch (error) {
        said.textContent = error.name;
      }
      await look();
    }),
  );
  call("GET", `${AUTH}config`).then(look);
})();
