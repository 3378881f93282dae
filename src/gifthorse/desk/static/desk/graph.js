// Draws the graph of links from the data beside it; without this script the table below says the same.
"use strict";
(() => {
  const place = document.getElementById("graph");
  if (!place || typeof cytoscape === "undefined") return;
  const told = JSON.parse(place.dataset.graph);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const draw = () => {
    const ink = colour("--ink");
    cytoscape({
      container: place,
      elements: { nodes: told.nodes.map((data) => ({ data })), edges: told.edges.map((data) => ({ data })) },
      minZoom: 0.3,
      maxZoom: 2.5,
      layout: { name: "cose", animate: false, randomize: false, nodeDimensionsIncludeLabels: true, padding: 24 },
      style: [
        { selector: "node", style: { label: "data(name)", color: ink, "font-size": 12, "text-valign": "bottom", "text-margin-y": 4, "background-color": colour("--accent"), width: 18, height: 18, "text-wrap": "ellipsis", "text-max-width": 120 } },
        { selector: "node[kind = 'person']", style: { shape: "rectangle", "background-color": colour("--ink-soft") } },
        { selector: "edge", style: { width: 1.5, "line-color": colour("--line-strong"), "curve-style": "bezier" } },
        { selector: "edge[kind = 'confirmed']", style: { width: 4, "line-color": colour("--accent") } },
        { selector: "edge[kind = 'suggested']", style: { "line-style": "dashed", "line-color": colour("--accent") } },
        { selector: "edge[kind = 'refused']", style: { "line-style": "dotted" } },
        { selector: "edge[level = 'talk']", style: { width: 3, "line-color": colour("--caution") } },
        { selector: "edge[level = 'act']", style: { width: 4, "line-color": colour("--dangerous") } },
      ],
    });
  };
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
})();
