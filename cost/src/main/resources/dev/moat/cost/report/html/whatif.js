"use strict";
// The panel of choices. It looks numbers up, and shows them; it computes none.
const whatIf = report.whatIf;
const FIELDS = ["method", "initiator", "responder", "suite", "path", "flow", "begins"];
const RADIO = ["layer", "span", "rate", "hops", "coverage", "cell", "rekey"];
const shapeKey = (shape) => FIELDS.map((field) => shape[field]).join("|");
const countedKey = (counted) => counted.layer + "/" + counted.span;
const byId = new Map(whatIf.runs.map((run) => [run.id, run]));
const byShape = new Map(whatIf.runs.filter((run) => run.shape).map((run) => [shapeKey(run.shape), run]));

const control = (name) => document.getElementById("wi-" + name);
const choice = (name) => control(name).value;

function seconds(micros) {
  return number(micros / 1e6, 3) + "\u00a0s";
}

function millijoule(value) {
  return number(value, value < 100 ? 3 : 1) + "\u00a0mJ";
}

// The rows of the table: what is looked up, how it is written, and what is said beside it.
const ANSWERS = {
  octets: [(at) => at.costs.octets, String, (at) => at.costs.uplinkOctets + " up, " + at.costs.downlinkOctets + " down"],
  flights: [(at) => at.costs.flights, String],
  packets: [(at) => at.air.packets, String, (at) => at.air.packetsJudged],
  uplink: [(at) => at.air.uplinkMicros, seconds, (at) => at.air.uplinkJudged],
  downlink: [(at) => at.air.downlinkMicros, seconds],
  off: [(at) => at.air.offMicros, seconds],
  frames: [(at) => at.mesh.frames, String, (at) => at.mesh.framesJudged],
  fill: [(at) => at.mesh.meanFill, (value) => number(value * 100, 0) + "\u00a0%"],
  energy: [(at) => at.nb.connectionMillijoule, millijoule],
  attach: [(at) => at.nb.attachMillijoule, millijoule],
  time: [(at) => at.nb.micros, seconds],
  years: [(at) => at.nb.years[choice("cell")][choice("rekey")], (value) => number(value, 1) + "\u00a0years"],
};

// Lists of the data, in the order they are written in.
const judgedAt = (index) => whatIf.judged[index];
const messageOf = ([name, direction, octets]) => ({ name, direction, octets });
const airOf = ([messagePackets, messageMicros, packets, uplinkMicros, downlinkMicros, offMicros, packetsJudged, uplinkJudged]) => ({
  messagePackets,
  messageMicros,
  packets,
  uplinkMicros,
  downlinkMicros,
  offMicros,
  packetsJudged: judgedAt(packetsJudged),
  uplinkJudged: judgedAt(uplinkJudged),
});
const meshOf = ([messageFrames, frames, meanFill, framesJudged]) => ({ messageFrames, frames, meanFill, framesJudged: judgedAt(framesJudged) });
const nbOf = ([micros, connectionMillijoule, attachMillijoule, years]) => ({ micros, connectionMillijoule, attachMillijoule, years });

// Where the choices point to in a run.
function point(run) {
  const costs = run.costs[countedKey({ layer: choice("layer"), span: choice("span") })];
  return (
    costs && {
      costs: { ...costs, messages: costs.messages.map(messageOf) },
      air: airOf(costs.lorawan[choice("rate")]),
      mesh: meshOf(costs.sixtisch[choice("hops")]),
      nb: nbOf(costs.nbiot[choice("coverage")]),
    }
  );
}

// The number, and whether its limit is met; the words about it stand below the quantity's name.
function fill(cell, at, [look, write, beside]) {
  cell.replaceChildren();
  delete cell.dataset.value;
  const value = at && look(at);
  if (value === null || value === undefined) {
    cell.textContent = "–";
    return "";
  }
  cell.dataset.value = value;
  const bold = document.createElement("b");
  bold.textContent = write(value);
  cell.append(bold);
  const words = beside && beside(at);
  if (words && words.outcome) {
    const badge = document.createElement("span");
    badge.className = "badge " + words.outcome;
    badge.textContent = words.outcome;
    cell.append(badge);
  }
  return words ? words.words || words : "";
}

function rowOf(cells) {
  const row = document.createElement("tr");
  cells.forEach((text, index) => {
    const cell = document.createElement(index === 0 ? "th" : "td");
    cell.textContent = text;
    cell.className = index > 1 ? "number" : "";
    row.append(cell);
  });
  return row;
}

function messageRows(at) {
  return at.costs.messages.map((one, index) =>
    rowOf([
      one.name,
      one.direction === "uplink" ? "up ↑" : "down ↓",
      String(one.octets),
      String(at.air.messagePackets[index]),
      seconds(at.air.messageMicros[index]),
      String(at.mesh.messageFrames[index]),
    ]),
  );
}

// One row of bars for each exchange: the messages that go up.
function airSpec(runs) {
  const uplinks = runs.map(({ at }) =>
    at.costs.messages.map((one, index) => (one.direction === "uplink" ? at.air.messageMicros[index] / 1e6 : -1)).filter((one) => one >= 0),
  );
  const most = Math.max(1, ...uplinks.map((one) => one.length));
  return {
    kind: "stacked_bars",
    decimals: 3,
    band: { from: 4, to: 6 },
    categories: runs.map(({ run }) => ({ label: run.title, published: run.published })),
    series: Array.from({ length: most }, (_, index) => ({
      name: "uplink message " + (index + 1),
      values: uplinks.map((one) => (index < one.length ? one[index] : null)),
    })),
  };
}

// An option leads to numbers that there are, or it is disabled and says why.
function judge(field, there, reasonOf) {
  const reasons = new Map();
  for (const option of control(field).options) {
    option.disabled = !there(option.value);
    option.title = option.disabled ? reasonOf(option.value) : "";
    if (option.disabled) {
      reasons.set(option.title, [...(reasons.get(option.title) || []), option.label.split(":")[0]]);
    }
  }
  const said = [...reasons].map(([reason, names]) => names.join(", ") + ": " + reason);
  document.getElementById("why-" + field).textContent = said.join("; ");
}

function judgeOptions(run) {
  const isEdhoc = Boolean(run && run.shape);
  document.getElementById("shape").disabled = !isEdhoc;
  document.getElementById("why-shape").textContent = isEdhoc ? "" : "These are choices of EDHOC; the exchange above is another.";
  for (const field of FIELDS) {
    const wanted = (value) => ({ ...run.shape, [field]: value });
    judge(
      field,
      (value) => !isEdhoc || byShape.has(shapeKey(wanted(value))),
      (value) => excluded(wanted(value), field) || "not run with the other choices",
    );
  }
  for (const field of ["layer", "span"]) {
    const wanted = (value) => ({ layer: choice("layer"), span: choice("span"), [field]: value });
    judge(
      field,
      (value) => !run || Boolean(run.costs[countedKey(wanted(value))]),
      (value) => excluded(wanted(value), field) || "this exchange has no protected data with it",
    );
  }
}

// Why two choices never go together, if it is for that.
function excluded(wanted, field) {
  const broken = whatIf.rules.find(
    (rule) =>
      wanted[rule.field] === rule.value &&
      wanted[rule.otherField] === rule.otherValue &&
      (rule.field === field || rule.otherField === field),
  );
  return broken && broken.reason;
}

function say(id, text) {
  const element = document.getElementById(id);
  element.textContent = text;
  element.hidden = !text;
}

function missing(run, at) {
  if (!run) {
    return "This combination was not run, so there are no numbers for it.";
  }
  return at ? "" : "For this exchange there are no numbers of what is to be counted: " + (document.getElementById("why-span").textContent || document.getElementById("why-layer").textContent) + ".";
}

function heading(run) {
  return run.title + (run.published ? " (published)" : "");
}

function show() {
  const run = byId.get(choice("exchange"));
  const other = byId.get(choice("compare"));
  judgeOptions(run);
  const at = run && point(run);
  const otherAt = other && point(other);
  say("what-if-missing", missing(run, at));
  say("what-if-title", run ? run.title : "Not run");
  say("what-if-source", run ? run.origin + ": " + run.source : "");
  say("compare-head", other ? heading(other) + (otherAt ? "" : ": nothing of what is counted") : "");
  document.getElementById("what-if-numbers").hidden = !at;
  if (at) {
    numbers(at, other, otherAt);
    const runs = [{ run, at }].concat(otherAt ? [{ run: other, at: otherAt }] : []);
    draw(document.getElementById("chart-what-if"), airSpec(runs));
  }
}

function numbers(at, other, otherAt) {
  for (const [key, answer] of Object.entries(ANSWERS)) {
    document.getElementById("note-" + key).textContent = fill(document.querySelector(`[data-key="${key}"]`), at, answer);
    const compared = document.querySelector(`[data-compare="${key}"]`);
    compared.title = fill(compared, otherAt, answer);
    compared.hidden = !other;
  }
  document.getElementById("what-if-messages").replaceChildren(...messageRows(at));
}

// The exchange that the choices describe; there is none for a combination that was not run.
function shapeChosen() {
  const wanted = Object.fromEntries(FIELDS.map((field) => [field, choice(field)]));
  const run = byShape.get(shapeKey(wanted));
  control("exchange").value = run ? run.id : "";
  show();
}

function exchangeChosen() {
  const run = byId.get(choice("exchange"));
  if (run && run.shape) {
    FIELDS.forEach((field) => {
      for (const option of control(field).options) {
        option.disabled = false;
      }
      control(field).value = run.shape[field];
    });
  }
  show();
}

if (whatIf.runs.length > 0) {
  control("exchange").addEventListener("change", exchangeChosen);
  FIELDS.forEach((field) => control(field).addEventListener("change", shapeChosen));
  [...RADIO, "compare"].forEach((name) => control(name).addEventListener("change", show));
  exchangeChosen();
}
