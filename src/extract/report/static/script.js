// The report's few moving parts: theme, table filter and sort, marks on and off, the statements' facets and search.
// Classic script (modules do not load from disk). Texts reach the page as text nodes only, never as HTML.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
};
const store = {
  get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window: not remembered */ } },
};
document.documentElement.classList.remove("no-js");

// Data files call REPORT.add(name, value): a script element is all that a browser loads from disk.
const waiting = new Map();
window.REPORT = { data: {}, add(name, value) { this.data[name] = value; } };
function load(name, file) {
  if (name in REPORT.data) return Promise.resolve(REPORT.data[name]);
  if (!waiting.has(name)) waiting.set(name, new Promise((done, fail) => {
    const script = make("script", { src: file });
    script.onload = () => { done(REPORT.data[name]); script.remove(); };
    script.onerror = () => fail(new Error(`${file} is missing: make the report again`));
    document.head.append(script);
  }));
  return waiting.get(name);
}

function theme() {
  const button = $("button.theme"), root = document.documentElement;
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const show = () => { button.textContent = dark() ? "Light" : "Dark"; };
  if (store.get("theme")) root.dataset.theme = store.get("theme");
  button.hidden = false;
  show();
  button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; store.set("theme", root.dataset.theme); show(); });
}

function tables() {
  for (const input of all("[data-filter]")) input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean), rows = all(input.dataset.filter);
    let shown = 0;
    for (const row of rows) {
      const text = `${row.textContent} ${row.dataset.words || ""}`.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    $("#filter-count").textContent = wanted.length ? `${shown} of ${rows.length}` : "";
  });
  for (const head of all("table.sortable thead th")) {
    if (head.textContent === "Trend") continue;
    const button = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const body = head.closest("table").tBodies[0], at = head.cellIndex, up = head.getAttribute("aria-sort") === "descending" || (!head.matches(".n") && head.getAttribute("aria-sort") !== "ascending");
      const key = (row) => row.cells[at].dataset.sort ?? row.cells[at].textContent.trim();
      const number = head.matches(".n"), value = (row) => number ? Number(key(row).replace(/,/g, "")) : key(row);
      const order = number ? (a, b) => value(a) - value(b) : (a, b) => value(a).localeCompare(value(b), "en");
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...[...body.rows].sort((a, b) => (up ? order(a, b) : order(b, a))));
    });
  }
}

function marks() {
  for (const box of all("[data-show], [data-hide]")) {
    const name = box.dataset.show || box.dataset.hide;
    const apply = () => document.body.classList.toggle(name, box.dataset.show ? !box.checked : box.checked);
    const kept = store.get(name);
    if (kept !== null) box.checked = kept === "1";
    apply();
    box.addEventListener("change", () => { store.set(name, box.checked ? "1" : "0"); apply(); });
  }
}

// A quote that is cut into pieces by the mentions in it lights up whole.
function hits() {
  const show = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    for (const piece of all(".q")) piece.classList.toggle("hit", piece.dataset.q === name && name !== "");
  };
  if ($(".doc")) { show(); addEventListener("hashchange", show); }
}

async function copy(text, button) {
  try { await navigator.clipboard.writeText(text); } catch {
    const area = make("textarea", { value: text });
    document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
  }
  const before = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = before; }, 1500);
}

// Every mark offers its entry for a file of corrections; the entries stand on the page, for those without scripts.
function corrections() {
  const rows = new Map(all("[data-entry]").map((row) => [row.dataset.entry, row]));
  if (!rows.size) return;
  const button = (text) => make("button", { type: "button", className: "copy" }, text);
  const entry = (row) => $("pre", row).textContent;
  for (const row of rows.values()) {
    const own = button("Copy");
    own.addEventListener("click", () => copy(entry(row), own));
    row.append(own);
  }
  const floating = button("Copy override line");
  let shown = null;
  floating.id = "fix";
  floating.hidden = true;
  $("main").append(floating);
  floating.addEventListener("click", () => copy(entry(shown), floating));
  const offer = (event) => {
    const mark = event.target.closest("[data-fix]"), row = mark && rows.get(mark.dataset.fix);
    if (!row) return;
    const place = mark.getClientRects()[0];
    shown = row;
    floating.hidden = false;
    floating.style.left = `${Math.max(0, Math.min(place.left, innerWidth - floating.offsetWidth - 16)) + scrollX}px`;
    floating.style.top = `${place.top + scrollY - floating.offsetHeight}px`;
  };
  for (const kind of ["pointerover", "focusin"]) $(".doc").addEventListener(kind, offer);
  addEventListener("keydown", (event) => { if (event.key === "Escape") floating.hidden = true; });
}

// The statements: facets, search and the address that holds them ------------------------------------------------------
const PER_PAGE = 50;
const WORDS = {
  type: { direct: "in their own words", mixed: "partly so", indirect: "reported", tweet: "tweet", pull: "pull quote" },
  kind: { named: "a name", described: "a description", pronoun: "a pronoun", organisation: "an organisation", document: "a document", none: "not found" },
  act: { statement: "said", belief: "thought, hoped or feared", demand: "demanded or promised", fact: "knew or noticed", topic: "only named a topic" },
  polarity: { affirmed: "said", negated: "denied" },
  anonymous: { named: "named", anonymous: "not named", none: "not found" },
  medium: { none: "not told", press_conference: "press conference" },
};
const BOXES = ["type", "act", "polarity", "kind", "anonymous", "medium"], SELECTS = ["faction", "member", "about", "addressee", "outlet"], LISTS = ["speaker", "faction", "member", "about", "addressee"];
const range = (list) => list.map((_, i) => i);
const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
// Words are found where they begin: "list" in "listed", not in "journalist".
const beginning = (wanted) => `(?<![\\p{L}\\p{N}])(?:${wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`;
// Controls of direction could make words read otherwise: shown by number, as in the articles.
const visible = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u00ad\u2028\u2029\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

// Days are counted as Python's date.toordinal does: from the first of January of the year 1.
const ordinal = (text) => Math.floor(Date.parse(text) / 864e5) + 719163;

function emptyState() {
  const state = { q: "", speaker: null, confidence: "", from: "", to: "", page: 1 };
  for (const name of BOXES) state[name] = new Set();
  for (const name of SELECTS) state[name] = null;
  return state;
}

// One test a facet: does statement i fit?
function facetTests(index, state) {
  const { columns } = index, dated = (i) => columns.day[i] !== null;
  const tests = {
    confidence: (i) => !state.confidence || (columns.confidence[i] < index.unsure) === (state.confidence === "unsure"),
    day: (i) => (!state.from || (dated(i) && columns.day[i] >= ordinal(state.from))) && (!state.to || (dated(i) && columns.day[i] <= ordinal(state.to))),
  };
  tests.outlet = (i) => state.outlet === null || columns.outlet[i] === state.outlet;
  for (const name of LISTS) tests[name] = (i) => state[name] === null || columns[name][i].includes(state[name]);
  for (const name of BOXES) tests[name] = (i) => !state[name].size || state[name].has(columns[name][i]);
  return tests;
}

async function statements() {
  if (!$("#results")) return;
  const index = await load("index", "data/statements.js");
  const { columns, articles } = index, everything = range(columns.speaker), lower = new Map();
  const id = (name, code) => (typeof index[name][code] === "string" ? index[name][code] : index[name][code][0]);
  const state = emptyState(), tests = facetTests(index, state);
  let run = 0;

  // One pass over all: the statements that fit, and for each facet those that only its own filter keeps out.
  const isUsed = (name) => (name === "day" ? state.from || state.to : BOXES.includes(name) ? state[name].size : name === "confidence" ? state.confidence : state[name] !== null);
  const survey = (base) => {
    const used = Object.entries(tests).filter(([name]) => isUsed(name)), rows = [], kept = Object.fromEntries(used.map(([name]) => [name, []]));
    for (const i of base) {
      let failed = null, fails = 0;
      for (const [name, test] of used) if (!test(i)) { failed = name; if (++fails > 1) break; }
      if (!fails) rows.push(i); else if (fails === 1) kept[failed].push(i);
    }
    return { rows, kept };
  };
  const count = (rows, name, out) => {
    const column = columns[name];
    if (LISTS.includes(name)) for (const i of rows) for (const code of column[i]) out[code]++;
    else for (const i of rows) out[column[i]]++;
    return out;
  };
  const tally = (rows, name, more = []) => count(more, name, count(rows, name, new Array(index[name].length).fill(0)));

  // the form -----------------------------------------------------------------------------------------------------------
  const box = (facet, properties, text, changed) => {
    const input = make("input", properties);
    input.addEventListener("change", () => { changed(input); change(); });
    $(`#f-${facet}`).append(make("label", {}, input, make("span", {}, text), make("span")));
  };
  for (const name of BOXES) {
    const totals = tally(everything, name);
    for (const [code, value] of index[name].entries()) {
      if (totals[code]) box(name, { type: "checkbox", value: code }, WORDS[name][value] || value || "not known", (input) => state[name][input.checked ? "add" : "delete"](code));
    }
    $(`#f-${name}`).hidden = all(`#f-${name} label`).length < 2;
  }
  for (const name of SELECTS) for (const one of [$(`#f-${name}`), $(`label[for=f-${name}]`)]) one.hidden = !index[name].some(([value]) => value);
  for (const [value, text] of [["", "any"], ["sure", "sure enough"], ["unsure", "marked unsure"]]) box("confidence", { type: "radio", name: "confidence", value }, text, () => { state.confidence = value; });
  const label = new Map(), seen = new Set(), totals = tally(everything, "speaker");
  for (const code of range(index.speaker).sort((a, b) => totals[b] - totals[a])) {
    const name = visible(index.speaker[code][1]) || "(speaker not found)";
    label.set(code, seen.has(name) ? `${name} (${index.speaker[code][0]})` : name);
    seen.add(name);
    if (label.size <= 3000) $("#speakers").append(make("option", { value: label.get(code) }));
  }
  const byLabel = new Map([...label].map(([code, text]) => [text.toLowerCase(), code]));

  // words are read when they are shown or searched, file by file ----------------------------------------------------------
  const file = (i) => index.files[articles[columns.article[i]].at(-1)];
  const texts = (name) => load(name, `data/statements-${name}.js`);
  const searched = (name) => {
    if (!lower.has(name)) lower.set(name, REPORT.data[name].map((row) => `${row[0]} ${row[1]} ${row[5]}`.toLowerCase()));
    return lower.get(name);
  };
  async function found(mine) {
    const wanted = words(state.q), starts = wanted.map((word) => new RegExp(beginning([word]), "u"));
    if (!wanted.length) return everything;
    const { files } = index;
    for (let at = 0; at < files.length; at += 8) {
      await Promise.all(files.slice(at, at + 8).map(texts));
      if (mine !== run) return null;
      if (files.length > 8) $("#count").textContent = `Searching … ${Math.min(100, Math.round((100 * at) / files.length))} %`;
    }
    return everything.filter((i) => {
      const text = searched(file(i))[columns.place[i]];
      return wanted.every((word, at) => text.includes(word) && starts[at].test(text));  // includes is fast
    });
  }
  const marked = (text) => {
    const wanted = words(state.q);
    if (!wanted.length) return [text];
    return text.split(new RegExp(`(${beginning(wanted)})`, "giu")).map((part, i) => (i % 2 ? make("mark", {}, part) : part));
  };

  async function item(i) {
    const [text, called, anchor, start, end, own, inMarks, before, after, addressed] = (await texts(file(i)))[columns.place[i]];
    const [place, title, outlet, date, url] = articles[columns.article[i]], unsure = columns.confidence[i] < index.unsure;
    // One speaker is called as in this article, those who speak together by the names of all of them.
    const speakers = columns.speaker[i].map((code) => index.speaker[code]), named = speakers.length > 1 ? speakers : speakers.map(([one, listed, ...rest]) => [one, own || listed, ...rest]);
    const name = named.map(([, one]) => one).join(" and "), bodies = columns.faction[i].map((code) => index.faction[code]).filter(([body]) => !speakers.some(([one]) => one === body));
    const aside = (...parts) => make("span", { className: "for" }, ...parts);
    const link = ([one, text, page, style]) => (one ? make("a", { href: page || `#speaker=${encodeURIComponent(one)}`, className: style }, visible(text)) : visible(text));
    const who = make("p", { className: "who" }, ...(name ? named.flatMap((one, at) => [at ? ", " : "", link(one)]) : [make("span", { className: "none" }, "speaker not found")]));
    if (called) who.append(" ", aside(`as “${visible(called)}”`));
    const listed = (word, some) => aside(`${word} `, ...some.flatMap(([, bodyName, bodyPage, bodyStyle], at) => [at ? ", " : "", bodyPage ? make("a", { href: bodyPage, className: bodyStyle }, visible(bodyName)) : visible(bodyName)]));
    const stated = columns.faction[i].map((code) => id("faction", code)), groups = columns.member[i].map((code) => index.member[code]).filter(([body]) => !stated.includes(body));
    if (bodies.length) who.append(" ", listed("for", bodies));
    else if (groups.length) who.append(" ", listed("of", groups));
    if (addressed) who.append(" ", aside(`to ${visible(addressed)}`));
    if (unsure) who.append(" ", make("span", { className: "unsure" }, `unsure, ${columns.confidence[i]} %`));
    const around = (words) => make("span", { className: "around" }, visible(words));
    const said = inMarks ? ["“", ...marked(visible(text)), "”"] : [around(before), ...marked(visible(text)), around(after)];
    const medium = id("medium", columns.medium[i]), made = medium === "none" ? "" : WORDS.medium[medium] || medium;
    const told = [id("polarity", columns.polarity[i]) === "negated" ? "denied" : "", inMarks ? "" : "reported", made].filter(Boolean);
    const button = make("button", { type: "button", className: "copy", ariaLabel: `Cite: copy as citation, ${visible(name) || "statement"}, ${visible(title)}` }, "Cite");
    const citation = `${name || "Unknown speaker"}${called ? ` (“${called}”)` : ""}: ${inMarks ? `“${text}”` : `${text} [reported speech]`}. ${[title, outlet, date].filter(Boolean).join(", ")}${url ? `, ${url}` : ""} [characters ${start} to ${end}]`;
    button.addEventListener("click", () => copy(visible(citation), button));
    return make("li", { className: `said ${inMarks ? "direct" : "indirect"}${unsure ? " low" : ""}` }, who, make("blockquote", {}, make("bdi", {}, ...said)),
      make("p", { className: "from" }, told.length ? make("span", { className: "how" }, `${told.join(" · ")} · `) : "", make("cite", {}, make("a", { href: `article/${place}.html#${anchor}` }, visible(title))), outlet ? `, ${visible(outlet)}, ` : ", ", make("span", { className: "nowrap" }, date), " ", button));
  }

  // what is shown -----------------------------------------------------------------------------------------------------------
  function showBoxes({ rows, kept }) {
    for (const name of BOXES) {
      const counts = tally(rows, name, kept[name]);
      for (const row of all(`#f-${name} label`)) {
        const input = $("input", row), code = Number(input.value);
        row.lastChild.textContent = counts[code].toLocaleString("en");
        row.classList.toggle("zero", !counts[code]);
        input.checked = state[name].has(code);
      }
    }
    let unsure = 0;
    for (const some of [rows, kept.confidence || []]) for (const i of some) unsure += columns.confidence[i] < index.unsure;
    for (const row of all("#f-confidence label")) {
      const input = $("input", row);
      input.checked = input.value === state.confidence;
      row.lastChild.textContent = input.value === "unsure" ? unsure.toLocaleString("en") : "";
    }
  }
  function showSelects({ rows, kept }) {
    for (const name of SELECTS) {
      const counts = tally(rows, name, kept[name]), text = (code) => visible(index[name][code][1]);
      const codes = range(counts).filter((code) => index[name][code][0] && (counts[code] || code === state[name]));
      codes.sort((a, b) => counts[b] - counts[a] || text(a).localeCompare(text(b), "en"));
      const options = codes.slice(0, 500).map((code) => make("option", { value: code, selected: code === state[name] }, `${text(code)} (${counts[code].toLocaleString("en")})`));
      $(`#f-${name}`).replaceChildren(make("option", { value: "" }, "any"), ...options);
    }
  }
  function showPager(pages) {
    const turn = (text, page, on) => {
      const button = make("button", { type: "button", disabled: !on }, text);
      button.addEventListener("click", () => { state.page = page; push(); render(); $("#count").scrollIntoView({ block: "nearest" }); });
      return button;
    };
    $("#pager").replaceChildren(...(pages > 1 ? [turn("Earlier page", state.page - 1, state.page > 1), make("span", {}, `${state.page} of ${pages}`), turn("Next page", state.page + 1, state.page < pages)] : []));
  }
  async function render() {
    const mine = ++run, base = await found(mine);
    if (base === null || mine !== run) return;
    const fitting = survey(base), { rows } = fitting, pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
    state.page = Math.min(state.page, pages);
    const items = await Promise.all(rows.slice((state.page - 1) * PER_PAGE, state.page * PER_PAGE).map(item));
    if (mine !== run) return;
    $("#count").replaceChildren(make("b", {}, rows.length.toLocaleString("en")), ` statement${rows.length === 1 ? "" : "s"}${pages > 1 ? `, page ${state.page} of ${pages.toLocaleString("en")}` : ""}`);
    $("#results").replaceChildren(...(items.length ? items : [make("li", { className: "empty" }, "No statement fits. Take a filter away.")]));
    showBoxes(fitting); showSelects(fitting); showPager(pages);
  }

  // the address says what is shown, so that a search can be kept and sent --------------------------------------------------
  function push() {
    const given = { q: state.q, confidence: state.confidence, from: state.from, to: state.to, page: state.page > 1 ? state.page : "" };
    for (const name of ["speaker", ...SELECTS]) if (state[name] !== null) given[name] = id(name, state[name]);
    for (const name of BOXES) given[name] = [...state[name]].map((code) => id(name, code)).join(",");
    // A chosen empty id is a choice too: statements without a speaker.
    const parts = Object.entries(given).filter(([name, value]) => value !== "" || (name === "speaker" && state.speaker !== null));
    history.replaceState(null, "", `#${parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`);
  }
  function pull() {
    const given = new URLSearchParams(location.hash.slice(1));
    const code = (name, value) => range(index[name]).find((one) => id(name, one) === value) ?? null;
    Object.assign(state, emptyState());
    for (const name of ["q", "confidence", "from", "to"]) state[name] = given.get(name) || "";
    state.page = Number(given.get("page")) || 1;
    for (const name of ["speaker", ...SELECTS]) if (given.has(name)) state[name] = code(name, given.get(name));
    for (const name of BOXES) for (const value of (given.get(name) || "").split(",").filter(Boolean)) if (code(name, value) !== null) state[name].add(code(name, value));
    $("#f-q").value = state.q; $("#f-speaker").value = state.speaker === null ? "" : label.get(state.speaker); $("#f-from").value = state.from; $("#f-to").value = state.to;
    return render();
  }
  function change() { state.page = 1; push(); render(); }
  let typing;
  $("#f-q").addEventListener("input", (event) => { clearTimeout(typing); typing = setTimeout(() => { state.q = event.target.value.trim(); change(); }, 200); });
  $("#f-speaker").addEventListener("change", (event) => { state.speaker = byLabel.get(event.target.value.trim().toLowerCase()) ?? null; if (state.speaker === null) event.target.value = ""; change(); });
  for (const name of SELECTS) $(`#f-${name}`).addEventListener("change", (event) => { state[name] = event.target.value === "" ? null : Number(event.target.value); change(); });
  for (const name of ["from", "to"]) $(`#f-${name}`).addEventListener("change", (event) => { state[name] = event.target.value; change(); });
  $(".facets").addEventListener("submit", (event) => event.preventDefault());
  $(".facets").addEventListener("reset", (event) => { event.preventDefault(); history.replaceState(null, "", "#"); pull(); });
  addEventListener("hashchange", pull);
  if (matchMedia("(max-width: 56rem)").matches) $(".more").open = false;
  await pull();
  document.documentElement.dataset.ready = "1";
}

// An actor's mentions in their sentences: the page holds the latest, the data files all ---------------------------------
function contexts() {
  const button = $("#more-contexts"), list = $("#contexts");
  if (!button) return;
  const { actor } = list.dataset, files = list.dataset.files.split(" "), isNamed = (piece) => typeof piece !== "string" && piece[0] === actor;
  const total = button.textContent, ready = [];
  let at = 0, shown = 0;
  const piece = (one, place) => {
    if (typeof one === "string") return visible(one);
    return isNamed(one) ? make("a", { href: `../article/${place}.html#${one[2]}` }, visible(one[1])) : visible(one[1]);
  };
  const item = ([place, title, outlet, day, passages]) => make("li", { className: "said" },
    make("p", { className: "from" }, make("cite", {}, make("a", { href: `../article/${place}.html#${passages[0].find(isNamed)[2]}` }, visible(title))), outlet ? `, ${visible(outlet)}, ` : ", ", make("span", { className: "nowrap" }, day)),
    ...passages.map((passage) => make("blockquote", {}, make("bdi", {}, ...passage.map((one) => piece(one, place))))));
  const read = async () => {
    const articles = await load(files[at], `../data/${files[at]}.js`);
    at++;
    for (const [place, title, outlet, day, passages] of articles) {
      const own = passages.filter((passage) => passage.some(isNamed));
      if (own.length) ready.push([place, title, outlet, day, own]);
    }
  };
  const more = async () => {
    if (!shown) list.replaceChildren();
    const first = shown;
    while (shown - first < PER_PAGE && (ready.length || at < files.length)) {
      if (!ready.length) { await read(); continue; }
      const article = ready.shift();
      list.append(item(article));
      shown += article[4].flat().filter(isNamed).length;
    }
    const done = !ready.length && at === files.length;
    button.hidden = done;
    button.textContent = "Show more";
    $("#contexts-count").textContent = done ? `${shown.toLocaleString("en")} shown: all` : `${shown.toLocaleString("en")} of ${total.match(/[\d,]+/)[0]} shown`;
  };
  button.addEventListener("click", () => more().catch((error) => { $("#contexts-count").textContent = error.message; }));
}

theme(); tables(); marks(); hits(); corrections(); contexts();
statements().catch((error) => { $("#count").textContent = error.message; });
