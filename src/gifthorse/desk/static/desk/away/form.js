/* Draws the questions that fit, one below the other, and gathers the answers; every word comes with the form from the desk. */

import { chosenIn, finished, fitting, isPicked } from "./interview.js";
import { MOST, prepared } from "./photographs.js";

/** The form of *interview* in *place*; *send* gets answers and photographs once every essential question has an answer. When it fails,
    that is said and nothing that was written is lost. */
export function draw(place, interview, words, send) {
  const answers = {};
  const form = element("form", { className: "report", noValidate: true });
  const sections = new Map();
  form.append(element("p", { className: "lead", textContent: interview.opening }));
  const list = element("div", {});
  const told = element("p", { className: "errorlist", role: "alert", hidden: true });
  const button = element("button", { textContent: words.send });
  form.append(list, told, element("p", { className: "actions" }, [button]));

  const show = () => {
    const asked = fitting(interview, chosenIn(answers));
    for (const question of interview.questions) {
      if (!sections.has(question.id)) {
        sections.set(question.id, drawn(question, words, (value) => { answers[question.id] = value; show(); }));
        list.append(sections.get(question.id));
      }
      sections.get(question.id).hidden = !asked.includes(question);
    }
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    if (form.querySelector("input[type=file]:disabled")) {
      told.textContent = words.photographs.preparing; // a photograph is still being made smaller
      told.hidden = false;
      return;
    }
    const { given, missing } = finished(interview, answers);
    told.hidden = missing.length === 0;
    if (missing.length) {
      told.textContent = words.missing;
      sections.get(missing[0]).querySelector("input, textarea").focus();
      return;
    }
    button.disabled = true;
    try {
      await send(...apart(interview, given));
    } catch {
      told.textContent = words.not_kept;
      told.hidden = false;
      button.disabled = false;
    }
  });
  show();
  place.replaceChildren(form);
}

/** The answers as the desk takes them, and the photographs, which come by themselves. */
function apart(interview, given) {
  const answers = { ...given };
  const photographs = [];
  for (const question of interview.questions) {
    if (question.type === "photos" && answers[question.id]) {
      photographs.push(...answers[question.id]);
      delete answers[question.id];
    }
  }
  return [answers, photographs];
}

function drawn(question, words, tell) {
  const field = element("fieldset", { className: "field" });
  field.append(element("legend", { textContent: question.text }));
  if (question.help) field.append(element("p", { className: "help", textContent: question.help }));
  field.append(...(isPicked(question) ? options(question, tell) : [written(question, words, tell)]));
  return field;
}

function options(question, tell) {
  const several = question.type === "choices";
  const box = element("div", { className: "rows" });
  const hint = element("p", { className: "said", role: "status", hidden: true });
  const inputs = question.options.map((option) => {
    const input = element("input", { type: several ? "checkbox" : "radio", name: question.id, value: option.id });
    box.append(element("div", {}, [element("label", {}, [input, " " + option.text])]));
    return input;
  });
  box.addEventListener("change", (event) => {
    const tapped = question.options.find((option) => option.id === event.target.value);
    if (several && event.target.checked) {
      for (const input of inputs) {
        const other = question.options.find((option) => option.id === input.value);
        if (input !== event.target && (tapped.alone || other.alone)) input.checked = false;
      }
    }
    hint.textContent = (event.target.checked && tapped.explains) || "";
    hint.hidden = !hint.textContent;
    tell(inputs.filter((input) => input.checked).map((input) => input.value));
  });
  return [box, hint];
}

function written(question, words, tell) {
  if (question.type === "contact") return contact(words, tell);
  if (question.type === "photos") return photographs(question, words.photographs, tell);
  if (["elements", "people"].includes(question.type)) return element("p", { className: "soft", textContent: words.later });
  const input = question.type === "text" ? element("textarea", { rows: 4 }) : element("input", { type: question.type === "date" ? "date" : "text" });
  input.setAttribute("aria-label", question.text);
  input.addEventListener("input", () => tell(input.value));
  return input;
}

function contact(words, tell) {
  const given = {};
  const lines = Object.entries(words.contact).map(([name, label]) => {
    const input = element("input", { type: "text", autocomplete: "off" });
    input.addEventListener("input", () => { given[name] = input.value; tell({ ...given }); });
    return element("label", {}, [label, input]);
  });
  return element("div", {}, lines);
}

/* Each choice adds to those before: a phone's camera gives one at a time. */
function photographs(question, words, tell) {
  const taken = [];
  const input = element("input", { type: "file", accept: "image/*", multiple: true });
  input.setAttribute("aria-label", question.text);
  const list = element("ul", { className: "away-photographs" });
  const hint = element("p", { className: "said", role: "status", hidden: true });
  const say = (text) => { hint.textContent = text; hint.hidden = !text; };
  const show = () => {
    list.replaceChildren(...taken.map((one) => element("li", {}, [element("bdi", { textContent: sized(words.kept, one) }), remover(one)])));
    tell([...taken]);
  };
  const remover = (one) => {
    const button = element("button", { type: "button", className: "quiet", textContent: words.remove });
    button.setAttribute("aria-label", `${words.remove}: ${one.name}`);
    button.addEventListener("click", () => { taken.splice(taken.indexOf(one), 1); say(""); show(); input.focus(); });
    return button;
  };
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.disabled = true; // one choice is finished before the next
    say(words.preparing);
    const troubles = files.length > MOST - taken.length ? [words.too_many] : [];
    for (const file of files.slice(0, MOST - taken.length)) {
      const one = await prepared(file);
      if (one) taken.push(one);
      else troubles.push(words.too_large.replace("{name}", file.name));
    }
    input.value = "";
    input.disabled = false;
    say(troubles.join(" "));
    show();
  });
  return element("div", {}, [element("p", { className: "help", textContent: words.bounds }), input, list, hint]);
}

function sized(words, one) {
  return words.replace("{name}", one.name).replace("{size}", String(Math.ceil(one.bytes.length / 1000)));
}

/** An element with its properties and children; text is only ever set as text. */
export function element(tag, properties, children = []) {
  const made = Object.assign(document.createElement(tag), properties);
  if (properties.role) made.setAttribute("role", properties.role);
  made.append(...children);
  return made;
}
