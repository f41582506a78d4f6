"use strict";
(function () {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const texts = data.texts;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  document.documentElement.classList.add("scripted");

  // Pictures: one asset and one policy at a time.
  const config = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false, showTips: false };
  const font = { family: "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans KR', sans-serif", size: 12, color: "#14202e" };
  const NODE_WIDTH = 16;
  const faded = (color) => color + "59";

  function drawFlow(asset, policy) {
    const nodes = asset.flow.nodes;
    const links = asset.flow.links.filter((link) => link.values[policy] > 0);
    const used = new Set(links.flatMap((link) => [link.source, link.target]));
    const height = Math.max(380, Math.min(980, 28 * used.size + 90));
    const trace = {
      type: "sankey", orientation: "h", arrangement: "fixed", valueformat: "s",
      textfont: { size: 12, color: "#14202e" },
      node: { label: nodes.map((node) => node.label), color: nodes.map((node) => node.color), pad: 14, thickness: NODE_WIDTH, line: { width: 0 }, hovertemplate: "%{label}<extra></extra>" },
      link: {
        source: links.map((link) => link.source), target: links.map((link) => link.target),
        value: links.map((link) => link.values[policy]), customdata: links.map((link) => link.text[policy]),
        color: links.map((link) => faded(nodes[link.target].color)),
        hovertemplate: "%{source.label} → %{target.label}<br>%{customdata}<extra></extra>",
      },
    };
    Plotly.react("flow-picture", [trace], { height, margin: { l: 8, r: 236, t: 12, b: 12 }, font, paper_bgcolor: "#fff" }, config);
    const picture = byId("flow-picture");
    if (!picture.dataset.labels) picture.on("plotly_afterplot", moveLabels);
    picture.dataset.labels = "moved";
    moveLabels();
  }

  // Plotly writes the labels of the right half over the links; here they stand to the right of their nodes.
  function moveLabels() {
    for (const label of document.querySelectorAll("#flow-picture text.node-label[text-anchor=end]")) {
      const place = /translate\(([-\d.]+),\s*([-\d.]+)\)/.exec(label.getAttribute("transform"));
      if (!place) continue;
      label.setAttribute("text-anchor", "start");
      label.setAttribute("transform", "translate(" + (NODE_WIDTH - Number(place[1])) + "," + place[2] + ")");
    }
  }

  function drawTimeline(asset, policy) {
    const line = asset.timeline;
    byId("timeline-figure").hidden = !line.dates.length;
    if (!line.dates.length) return;
    const traces = line.bars.map((bar) => ({
      type: "bar", name: bar.name, x: line.dates, y: bar.values[policy], customdata: bar.text[policy],
      marker: { color: bar.color, line: { width: 0.5, color: "#fff" } }, hovertemplate: "%{x}<br>%{customdata}",
    }));
    const layout = {
      barmode: "stack", height: 340, margin: { l: 70, r: 10, t: 10, b: 40 }, font, paper_bgcolor: "#fff", plot_bgcolor: "#fff", bargap: 0.25,
      xaxis: { type: "date", fixedrange: true, tickformat: line.monthly ? "%Y-%m" : "%Y-%m-%d", nticks: 10 },
      yaxis: { title: { text: asset.symbol + " " + line.unit }, fixedrange: true, gridcolor: "#e3e8ee", tickformat: "~s", rangemode: "tozero" },
      legend: { orientation: "h", y: -0.2 }, showlegend: true,
    };
    Plotly.react("timeline-picture", traces, layout, config);
  }

  function draw() {
    const policy = byId("picture-policy").value;
    const asset = data.pictures.assets[Number(byId("picture-asset").value || 0)];
    if (!asset) return;
    const name = new Map(data.pictures.policies).get(policy);
    const plainSymbol = byId("picture-asset").selectedOptions[0].textContent;
    byId("flow-caption").textContent = fill(texts.flow, { symbol: plainSymbol, policy: name });
    byId("timeline-caption").textContent = fill(texts.timeline, { symbol: plainSymbol, policy: name });
    drawFlow(asset, policy);
    drawTimeline(asset, policy);
  }
  byId("picture-controls").addEventListener("change", draw);
  byId("picture-controls").addEventListener("submit", (event) => event.preventDefault());
  draw();

  // Ends: sort, filter, page. The order of rows under each column was worked out exactly beforehand.
  const PAGE = 25;
  const table = byId("end-table");
  const ends = Array.from(table.tBodies, (body) => ({ body, order: JSON.parse(body.dataset.order), text: body.textContent.toLowerCase() }));
  let shownRows = PAGE;
  let direction = 1;
  let printing = false;

  function matches(end) {
    const set = end.body.dataset;
    const wanted = (id, value) => byId(id).value === "" || byId(id).value === value;
    const words = byId("end-search").value.toLowerCase().split(/\s+/).filter(Boolean);
    return words.every((word) => end.text.includes(word)) && wanted("end-stop", set.stop) && wanted("end-country", set.country) &&
      wanted("end-asset", set.asset) && (!byId("end-act").checked || set.act === "1") && (!byId("end-firm").checked || set.firm === "1");
  }

  function show() {
    const found = ends.filter(matches);
    const visible = new Set((printing ? found : found.slice(0, shownRows)).map((end) => end.body));
    for (const end of ends) end.body.hidden = !visible.has(end.body);
    byId("end-count").textContent = fill(texts.showing, { shown: visible.size.toLocaleString("en"), all: found.length.toLocaleString("en") });
    byId("end-more").hidden = byId("end-all").hidden = visible.size >= found.length;
  }

  function sort() {
    const key = byId("end-sort").value;
    ends.sort((one, other) => direction * (one.order[key] - other.order[key]) || one.order.rank - other.order.rank);
    for (const end of ends) table.append(end.body);
    for (const head of table.tHead.rows[0].cells) {
      if (head.dataset.sort === key) head.setAttribute("aria-sort", (direction > 0) === (key !== "max") ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    }
    show();
  }

  table.tHead.addEventListener("click", (event) => {
    const head = event.target.closest("th[data-sort]");
    if (!head || !event.target.closest("button")) return;
    direction = byId("end-sort").value === head.dataset.sort ? -direction : 1;
    byId("end-sort").value = head.dataset.sort;
    sort();
  });
  byId("end-sort").addEventListener("change", () => { direction = 1; sort(); });
  byId("end-controls").addEventListener("input", (event) => { if (event.target.id !== "end-sort") { shownRows = PAGE; show(); } });
  byId("end-controls").addEventListener("submit", (event) => event.preventDefault());
  byId("end-more").addEventListener("click", () => { shownRows += PAGE; show(); });
  byId("end-all").addEventListener("click", () => { shownRows = Infinity; show(); });
  sort();

  // A link to an end or a path opens it, also when its row is filtered or on a later page.
  function reveal() {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.matches("details")) target.open = true;
    target.hidden = false;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  const paths = document.querySelectorAll("details.path");
  byId("paths-open").addEventListener("click", (event) => {
    const open = !Array.from(paths).every((path) => path.open);
    for (const path of paths) path.open = open;
    event.target.textContent = open ? texts.close : texts.open;
  });
  window.addEventListener("beforeprint", () => { printing = true; show(); });
  window.addEventListener("afterprint", () => { printing = false; show(); });
})();
