// Sends a large file in pieces, so that a broken connection costs one piece and not the whole. Without script the form sends it as one.
"use strict";
(() => {
  const WAITS = [1, 2, 4, 8, 15, 30];

  const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

  async function asked(method, address, body, token, type) {
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    if (type) headers["Content-Type"] = type;
    const answer = await fetch(address, { method, body, headers, credentials: "same-origin" });
    const said = (answer.headers.get("Content-Type") || "").startsWith("application/json") ? await answer.json() : {};
    if (!answer.ok) throw Object.assign(new Error(said.message || ""), { final: answer.status < 500, status: answer.status });
    return said;
  }

  const words = (pairs) => new URLSearchParams(pairs).toString();
  const FORM = "application/x-www-form-urlencoded";

  async function patiently(step, tell) {
    for (let turn = 0; ; turn += 1) {
      try {
        return await step();
      } catch (error) {
        if (error.final || turn >= WAITS.length) throw error;
        tell(WAITS[turn]);
        await wait(WAITS[turn]);
      }
    }
  }

  async function send(form, file, show) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const { address, piece } = await asked("POST", form.dataset.arrivals, words({ name: file.name }), token, FORM);
    let arrived = 0;
    let broken = false;
    while (arrived < file.size) {
      const step = async () => {
        if (broken) {
          arrived = (await asked("GET", address, undefined, token)).arrived;
          broken = false;
        }
        const part = file.slice(arrived, arrived + piece);
        return asked("PUT", `${address}?offset=${arrived}`, part, token, "application/octet-stream");
      };
      const said = await patiently(step, () => {
        broken = true;
        show.broken();
      });
      arrived = said.arrived;
      show.arrived(arrived, file.size);
    }
    return asked("POST", address, words({ size: String(file.size) }), token, FORM);
  }

  function showing(form) {
    const bar = form.querySelector("progress");
    const line = form.querySelector("[data-told]");
    const told = line.dataset;
    bar.hidden = false;
    return {
      arrived(done, total) {
        bar.max = total;
        bar.value = done;
        line.textContent = told.arriving.replace("{share}", String(Math.floor((100 * done) / total)));
      },
      broken() {
        line.textContent = told.broken;
      },
      failed(message) {
        line.textContent = message || told.failed;
      },
    };
  }

  for (const form of document.querySelectorAll("form[data-arrivals]")) {
    form.addEventListener("submit", async (event) => {
      const file = form.querySelector("input[type=file]").files[0];
      if (!file) return;
      event.preventDefault();
      const button = form.querySelector("button");
      const show = showing(form);
      button.disabled = true;
      show.arrived(0, file.size || 1);
      try {
        const { address } = await send(form, file, show);
        window.location.assign(address);
      } catch (error) {
        show.failed(error.message);
        button.disabled = false;
      }
    });
  }
})();
