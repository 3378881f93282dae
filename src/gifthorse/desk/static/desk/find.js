// Finding while typing: only the answer to what stands in the field now may be shown or chosen from.
"use strict";
(() => {
  const field = document.querySelector("input[type=search][hx-get]");
  const place = field && document.querySelector(field.getAttribute("hx-target"));
  if (!place) return;
  let answered = field.value;
  const fit = () => {
    place.inert = field.value !== answered;
  };
  // Who is ticked stays on the list, whatever is looked for next.
  const ticked = () => [...place.querySelectorAll("input:checked")].map((box) => box.closest("li"));
  const keepTicked = (rows) => {
    if (rows.length === 0) return;
    let list = place.querySelector("ul.offered");
    if (!list) {
      list = document.createElement("ul");
      list.className = "offered rows";
      place.prepend(list);
    }
    for (const row of rows) {
      const value = row.querySelector("input").value;
      for (const again of list.querySelectorAll("input")) if (again.value === value) again.closest("li").remove();
    }
    list.prepend(...rows);
  };
  let kept = [];
  field.addEventListener("input", fit);
  place.addEventListener("htmx:beforeSwap", (event) => {
    const asked = event.detail.requestConfig.parameters[field.name] ?? "";
    if (asked !== field.value) {
      event.detail.shouldSwap = false;
      return;
    }
    if (!event.detail.shouldSwap) return;
    kept = ticked();
    answered = asked;
  });
  place.addEventListener("htmx:afterSwap", () => {
    keepTicked(kept);
    kept = [];
    fit();
  });
})();
