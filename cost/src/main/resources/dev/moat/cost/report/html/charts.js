"use strict";
// Draws the charts from the numbers in the page. It computes no cost: all were worked out before.
const report = JSON.parse(document.getElementById("report-data").textContent);

// Every second line is also told apart by its dashes and its points.
const DASHES = [[], [8, 4], [2, 3], [], [], [8, 4], [2, 3], [], [], [8, 4]];
const POINTS = ["circle", "rect", "triangle", "rectRot", "circle", "star", "cross", "rect", "triangle", "rectRot"];
const ROW = 44; // height of a row of stacked bars, with the line of text above it
const BAR = 13;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

function seriesColour(index) {
  return colour("c" + (index % 10));
}

// Published numbers are hatched: the same colour in stripes.
const hatches = new Map();
function hatched(ink) {
  if (!hatches.has(ink)) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 6;
    const pen = tile.getContext("2d");
    pen.globalAlpha = 0.22;
    pen.fillStyle = ink;
    pen.fillRect(0, 0, 6, 6);
    pen.globalAlpha = 1;
    pen.strokeStyle = ink;
    pen.lineWidth = 1.6;
    pen.beginPath();
    for (const shift of [-6, 0, 6]) {
      pen.moveTo(shift, 6);
      pen.lineTo(shift + 6, 0);
    }
    pen.stroke();
    hatches.set(ink, pen.createPattern(tile, "repeat"));
  }
  return hatches.get(ink);
}

function number(value, decimals) {
  return value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

// The range that the numbers are held against, behind the bars.
const bandPlugin = {
  id: "band",
  beforeDatasetsDraw(chart) {
    const band = chart.options.plugins.band.range;
    const scale = chart.scales.x;
    if (!band || scale.max < band.from) {
      return;
    }
    const { top, bottom } = chart.chartArea;
    const left = scale.getPixelForValue(band.from);
    const right = scale.getPixelForValue(Math.min(band.to, scale.max));
    const pen = chart.ctx;
    pen.save();
    pen.fillStyle = colour("band");
    pen.fillRect(left, top, Math.max(1, right - left), bottom - top);
    pen.strokeStyle = colour("band-edge");
    pen.setLineDash([4, 3]);
    pen.beginPath();
    for (const edge of [left, right]) {
      pen.moveTo(edge, top);
      pen.lineTo(edge, bottom);
    }
    pen.stroke();
    pen.restore();
  },
};

// Names stand above their bars, sums at the end, so that bars have the full width at any size.
const rowPlugin = {
  id: "rows",
  afterDatasetsDraw(chart) {
    const rows = chart.options.plugins.rows.list;
    if (!rows) {
      return;
    }
    const pen = chart.ctx;
    const { left, right } = chart.chartArea;
    const family = Chart.defaults.font.family;
    pen.save();
    pen.textBaseline = "alphabetic";
    rows.forEach((row, index) => {
      const bars = chart.data.datasets.map((_, set) => chart.getDatasetMeta(set).data[index]).filter((bar) => bar && !Number.isNaN(bar.x));
      if (bars.length === 0) {
        return;
      }
      const top = Math.min(...bars.map((bar) => bar.y - bar.height / 2));
      pen.textAlign = "left";
      pen.font = "600 12.5px " + family;
      pen.fillStyle = colour("ink");
      const room = right - left - 4;
      const tag = row.published ? "published" : "";
      pen.fillText(fitting(pen, row.label, room - (tag ? 74 : 0)), left + 2, top - 5);
      if (tag) {
        const offset = pen.measureText(fitting(pen, row.label, room - 74)).width;
        pen.font = "12px " + family;
        pen.fillStyle = colour("amber");
        pen.fillText(tag, left + offset + 10, top - 5);
      }
      pen.font = "12px " + family;
      pen.fillStyle = colour("ink");
      pen.textBaseline = "middle";
      for (const end of row.ends) {
        const bar = end.set === undefined ? bars.reduce((a, b) => (b.x > a.x ? b : a)) : chart.getDatasetMeta(end.set).data[index];
        pen.fillText(end.text, bar.x + 5, bar.y + 0.5);
      }
      pen.textBaseline = "alphabetic";
    });
    pen.restore();
  },
};

function fitting(pen, text, room) {
  let short = text;
  while (short.length > 4 && pen.measureText(short).width > room) {
    short = short.slice(0, -2).trimEnd() + "…";
  }
  return short;
}

function rows(spec) {
  return spec.categories.map((category, index) => {
    const values = spec.series.map((one) => one.values[index]);
    const ends =
      spec.kind === "stacked_bars"
        ? [{ text: number(values.reduce((sum, one) => sum + (one || 0), 0), spec.decimals) }]
        : values.flatMap((one, set) => (one === null ? [] : [{ set, text: number(one, spec.decimals) }]));
    return { label: category.label, published: category.published, ends };
  });
}

function barSets(spec) {
  return spec.series.map((one, set) => ({
    label: one.name,
    data: one.values,
    backgroundColor: (item) => {
      const category = spec.categories[item.dataIndex];
      return category && category.published ? hatched(seriesColour(set)) : seriesColour(set);
    },
    borderColor: () => colour("card"),
    borderWidth: spec.kind === "stacked_bars" ? { right: 1.5 } : 0,
    barThickness: BAR,
  }));
}

function lineSets(spec) {
  return spec.series.map((one, set) => ({
    label: one.name + (one.published ? " (published)" : ""),
    data: one.values,
    borderColor: () => seriesColour(set),
    backgroundColor: () => (one.published ? colour("card") : seriesColour(set)),
    borderDash: DASHES[set % DASHES.length],
    pointStyle: POINTS[set % POINTS.length],
    pointRadius: 4,
    borderWidth: 2.2,
    spanGaps: true,
  }));
}

function axis(spec) {
  return {
    type: spec.logarithmic ? "logarithmic" : "linear",
    beginAtZero: true,
    grid: { color: () => colour("grid") },
    border: { display: false },
    ticks: { color: () => colour("soft"), maxTicksLimit: 8, callback: (value) => tick(value, spec.logarithmic) },
  };
}

// On a logarithmic axis only the powers of ten and their halves are written.
function tick(value, logarithmic) {
  const lead = value / 10 ** Math.floor(Math.log10(value || 1));
  return logarithmic && ![1, 2, 5].includes(Math.round(lead * 1000) / 1000) ? null : value.toLocaleString("en");
}

function bars(spec) {
  return {
    type: "bar",
    data: { labels: spec.categories.map((one) => one.label), datasets: barSets(spec) },
    options: {
      indexAxis: "y",
      // Room at the end for the sum.
      layout: { padding: { right: 48 } },
      scales: {
        x: { ...axis(spec), stacked: spec.kind === "stacked_bars" },
        y: { stacked: spec.kind === "stacked_bars", display: false },
      },
      plugins: { band: { range: spec.band || null }, rows: { list: rows(spec) } },
    },
  };
}

function lines(spec) {
  return {
    type: "line",
    data: { labels: spec.categories.map((one) => one.label), datasets: lineSets(spec) },
    options: {
      scales: {
        y: axis(spec),
        x: {
          title: { display: true, text: spec.categoryTitle, color: () => colour("soft") },
          grid: { display: false },
          ticks: { color: () => colour("soft") },
        },
      },
      plugins: { band: { range: null }, rows: { list: null } },
    },
  };
}

function common(spec, config) {
  Object.assign(config.options, { responsive: true, maintainAspectRatio: false, animation: false });
  config.options.interaction = { mode: "index", axis: spec.kind === "lines" ? "x" : "y", intersect: false };
  Object.assign(config.options.plugins, {
    legend: { display: false },
    tooltip: {
      filter: (item) => item.raw !== null,
      callbacks: { label: (item) => " " + item.dataset.label + ": " + number(item.raw, spec.decimals) },
    },
  });
  return config;
}

// What a spec asks for; the space around the canvas follows the number of rows.
function draw(canvas, spec) {
  const old = Chart.getChart(canvas);
  if (old) {
    old.destroy();
  }
  const perRow = spec.kind === "grouped_bars" ? 28 + spec.series.length * (BAR + 5) : ROW;
  canvas.parentElement.style.height = (spec.kind === "lines" ? 320 : spec.categories.length * perRow + 34) + "px";
  return new Chart(canvas, common(spec, spec.kind === "lines" ? lines(spec) : bars(spec)));
}

function redraw() {
  Chart.defaults.color = colour("soft");
  hatches.clear();
  for (const one of Object.values(Chart.instances)) {
    one.resize();
    one.update();
  }
}

Chart.register(bandPlugin, rowPlugin);
Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.color = colour("soft");
for (const spec of report.charts) {
  draw(document.getElementById("chart-" + spec.id), spec);
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
addEventListener("beforeprint", () => {
  document.documentElement.dataset.print = "";
  redraw();
});
addEventListener("afterprint", () => {
  delete document.documentElement.dataset.print;
  redraw();
});
document.documentElement.dataset.drawn = report.charts.length;
