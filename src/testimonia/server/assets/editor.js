"use strict";
// Puts YASGUI's editor in the place of the form, and its view of answers below. Nothing is asked of any other server,
// and nothing is kept in the browser: names for completion are those of this graph.

const place = document.getElementById("editor");
const answer = document.getElementById("answer");
const { endpoint } = place.dataset;
const prefixes = JSON.parse(place.dataset.prefixes);
const stems = Object.entries(JSON.parse(place.dataset.stems)); // beginnings of IRIs, and of their addresses here
const { Yasqe, Yasr } = Yasgui;

const lists = {};
function list(pattern) {
  lists[pattern] ??= (async () => {
    const query = `SELECT DISTINCT ?term { ${pattern} } ORDER BY ?term LIMIT 2000`;
    const reply = await fetch(endpoint, {
      method: "POST",
      headers: { Accept: "application/sparql-results+json", "Content-Type": "application/sparql-query" },
      body: query,
    });
    return reply.ok ? (await reply.json()).results.bindings.map((row) => row.term.value) : [];
  })();
  return lists[pattern];
}

const complete = (pattern) => async (yasqe, token) =>
  (await list(pattern)).filter((iri) => iri.startsWith(token.autocompletionString ?? ""));
Object.assign(Yasqe.Autocompleters.prefixes, {
  get: () => Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`),
  persistenceId: null,
});
Object.assign(Yasqe.Autocompleters.class, { get: complete("?thing a ?term"), persistenceId: null });
Object.assign(Yasqe.Autocompleters.property, { get: complete("?thing ?term ?value"), persistenceId: null });

const { table } = Yasr.plugins;
table.defaults.openIriInNewWindow = false;
const write = table.prototype.getUriLinkFromBinding;
table.prototype.getUriLinkFromBinding = function (...values) {
  const [iri, path] = stems.find(([stem]) => values[0].value.startsWith(stem)) ?? [];
  const link = write.apply(this, values);
  return iri ? link.replace(`href="${iri}`, `href="${path}`) : link;
};
for (const plugin of Object.values(Yasr.plugins)) {
  plugin.helpReference = undefined;
}

const form = document.getElementById("plain");
const ask = form.querySelector("button");
const yasqe = new Yasqe(place, {
  value: document.getElementById("query").value,
  persistenceId: null,
  consumeShareLink: null,
  createShareableLink: null,
  showQueryButton: false,
  editorHeight: "auto",
  resizeable: false,
  screenReaderLabel: "SPARQL query",
  requestConfig: { endpoint, method: "POST", acceptHeaderGraph: "text/turtle" },
});
const plain = { compact: true, isEllipsed: false }; // neither quotation marks and datatypes, nor cells cut short
const yasr = new Yasr(answer, {
  persistenceId: null,
  prefixes,
  plugins: { ...Yasr.defaults.plugins, table: { enabled: true, dynamicConfig: plain } },
});
answer.querySelector(".yasr_response_chip").setAttribute("role", "status");
yasr.on("drawn", () => answer.querySelector(".tableSizer")?.setAttribute("aria-label", "Rows at once"));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  yasqe.query().catch(() => {}); // what went wrong stands in the answer
});
yasqe.on("query", () => {
  ask.textContent = "Asking …";
  history.replaceState(null, "", `/editor?${new URLSearchParams({ query: yasqe.getValue() })}`);
});
yasqe.on("queryResponse", (editor, response, duration) => {
  ask.textContent = "Ask";
  answer.hidden = false;
  yasr.setResponse(response, duration);
});

form.querySelector("p").hidden = true;
document.getElementById("query").disabled = true; // it is required, and no longer what is asked
document.getElementById("hint").hidden = false;
place.hidden = false;
yasqe.refresh();
