/* The page for being away: keeps brief and forms for the trip while there is a network, shows them when there is none, seals what is
   written at once, and sends it when it can. */

import { draw, element } from "./form.js";
import * as keeping from "./keeping.js";
import { fromBase64, sealed, sealedPhotograph } from "./sealing.js";

const REFUSED = [400, 404, 409, 413]; // what the desk will not take in however often it is sent

const page = document.querySelector("[data-away]");
const words = JSON.parse(document.getElementById("away-words").textContent);
const place = document.getElementById("away-place");
const state = document.getElementById("away-state");

async function fresh(database) {
  const answer = await fetch(page.dataset.kept, { headers: { Accept: "application/json" }, redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  const value = await answer.json();
  await keeping.keep(database, value, Date.parse(value.until));
  return value;
}

/** What waits is sent, and gone from here once the desk has it; how many the desk did not take in: they stay, and keep none from coming. */
async function send(database, token) {
  let refused = 0;
  if (!token) return refused;
  for (const { number, isPhotograph, body } of await keeping.waiting(database)) {
    const address = isPhotograph ? page.dataset.photographs : page.dataset.arrivals;
    const answer = await fetch(address, { method: "POST", body, redirect: "error", headers: { "Content-Type": "application/octet-stream", "X-CSRFToken": token } });
    if (answer.ok) await keeping.takenIn(database, number);
    else if (REFUSED.includes(answer.status)) refused += 1;
    else throw new Error(String(answer.status));
  }
  return refused;
}

async function tellState(database, online, refused) {
  const all = await keeping.waiting(database);
  const photographs = all.filter((one) => one.isPhotograph).length;
  const sentences = [
    online ? words.online : words.offline,
    counted(all.length - photographs, words.one_waits, words.some_wait),
    counted(photographs, words.one_photograph_waits, words.photographs_wait),
    counted(refused, words.refused, words.refused),
  ];
  state.textContent = sentences.filter((sentence) => sentence).join(" ");
  state.dataset.waiting = String(all.length);
}

function counted(count, one, some) {
  return count ? (count === 1 ? one : some).replace("{count}", String(count)) : "";
}

function list(database, value) {
  const briefs = value.briefs.map((brief) => briefShown(brief));
  const kinds = value.forms.map((form) => {
    const button = element("button", { type: "button", className: "quiet", textContent: form.label });
    button.addEventListener("click", () => ask(database, value, form));
    return element("li", {}, [button]);
  });
  place.replaceChildren(element("h2", { textContent: words.what_happened }), element("ul", { className: "away-kinds" }, kinds), ...briefs);
}

function briefShown(brief) {
  const box = element("details", { className: "brief" }, [element("summary", { textContent: brief.title })]);
  for (const section of brief.sections) {
    box.append(element("h3", { textContent: section.title }));
    box.append(element("ul", {}, section.sentences.map((text) => element("li", { textContent: text }))));
  }
  return box;
}

function ask(database, value, form) {
  draw(place, form.interview, { ...words, ...value.words }, async (answers, photographs) => {
    const told = { id: crypto.randomUUID(), trip: value.trip, kind: form.kind, digest: form.digest, answers, written_at: new Date().toISOString() };
    const hpke = await import(page.dataset.hpke);
    const key = fromBase64(value.public_key);
    const report = await sealed(hpke, key, told);
    await keeping.putOut(database, report, await Promise.all(photographs.map((one) => sealedPhotograph(hpke, key, report, one))));
    place.replaceChildren(element("p", { className: "said", role: "status", textContent: form.interview.closing }), back(database, value));
    await goOn(database);
  });
  place.querySelector("input, textarea, button")?.focus();
}

function back(database, value) {
  const button = element("button", { type: "button", className: "quiet", textContent: words.back });
  button.addEventListener("click", () => list(database, value));
  return element("p", { className: "actions" }, [button]);
}

/** Keeps what is new, sends what waits; what is to be shown now, or null. */
async function goOn(database) {
  let value = null;
  let online = true;
  let refused = 0;
  try {
    value = await fresh(database);
    refused = await send(database, value.token);
  } catch {
    online = false; // no network, or the desk asks to sign in again: what waits goes on waiting, sealed
  }
  await tellState(database, online, refused);
  return value || keeping.kept(database, Date.now());
}

async function begin() {
  if ("serviceWorker" in navigator) await navigator.serviceWorker.register(page.dataset.worker, { scope: "/away/" });
  const database = await keeping.opened();
  const value = await goOn(database);
  if (value) list(database, value);
  else place.replaceChildren(element("p", { className: "nothing", textContent: words.nothing_kept }));
  addEventListener("online", () => goOn(database));
  document.documentElement.dataset.ready = "yes";
}

begin();
