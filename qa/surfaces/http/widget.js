/* Footnote: a box to ask your articles in, for any web page.

     <script src="https://answers.example/widget.js" defer></script>
     <footnote-ask></footnote-ask>

   Everything shown is text in nodes: no markup is ever read. docs/widget.md tells the rest. */
"use strict";
(() => {
  // Each can be said otherwise: data-ask="Fragen" on the element.
  const WORDS = {
    label: "Ask our articles",
    hint: "Answers are quoted word for word, or not given.",
    ask: "Ask",
    blank: "Type a question first.",
    working: "Looking in the articles …",
    understood: "Understood as: {question}",
    confidence: "Confidence: {percent}%",
    agreement: "{count} independent articles say so",
    page: "page {page}",
    others: "Other possible answers",
    conflict: "Sources give different figures.",
    sides: "Each stands in the articles: look at where, and of when it is.",
    silence: "The articles do not answer this.",
    related: "Related passages, which are no sources",
    again: "Try again",
    offline: "You are offline. Try again when you are connected.",
    unreachable: "The articles cannot be reached from here now. Try again later.",
    slow: "This took too long. Try again, perhaps with a shorter question.",
    busy: "Others are asking, too. Wait {seconds} s, then try again.",
    refused: "This page may not ask without a key. Please tell whoever runs it.",
    broken: "Something broke. If it stays so, tell whoever runs this page: {id}",
  };
  const PATIENCE = 60; // seconds
  const REMEMBERED = 5; // questions that a follow-up may refer back to
  const RELATED = { most: 3, characters: 200 };

  const STYLE = `
    :host { display: block; max-width: 40rem; line-height: 1.5; overflow-wrap: anywhere;
      --accent: var(--footnote-accent, light-dark(#1d4ed8, #a8c1ff));
      --on-accent: var(--footnote-on-accent, light-dark(#fff, #10182b));
      --text: var(--footnote-text, light-dark(#1c1e21, #eceef1));
      --paper: var(--footnote-paper, light-dark(#fff, #1b1e24));
      --mark: var(--footnote-mark, light-dark(#ffe89a, #6b5300));
      --line: color-mix(in srgb, var(--text) 60%, var(--paper));
      color: var(--text) }
    :host([hidden]) { display: none }
    * { box-sizing: border-box }
    p, ol, ul, blockquote, figure { margin: 0; padding: 0 }
    .box { padding: 1rem; border: 1px solid var(--line); border-radius: .6rem;
      background: var(--paper) }
    .result > * { margin-top: .75rem }
    label, .words, .said { font-weight: 600 }
    .row { display: flex; flex-wrap: wrap; gap: .5rem; margin: .35rem 0 }
    input, button { font: inherit; padding: .45rem .7rem; border-radius: .4rem;
      border: 1px solid var(--line); min-height: 2.75rem }
    input { flex: 1 1 12rem; min-width: 0; color: inherit; background: var(--paper) }
    button { cursor: pointer; color: var(--on-accent); background: var(--accent);
      border-color: var(--accent) }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
    a { color: var(--accent) }
    .hint, figcaption { font-size: .875em }
    .related figcaption { font-size: 1em }
    .words { font-size: 1.3em; line-height: 1.3; white-space: pre-line }
    blockquote { padding-inline-start: .75rem; border-inline-start: 3px solid var(--accent);
      white-space: pre-line }
    mark { background: var(--mark); color: inherit; border-radius: .15em }
    .sources, .candidates { list-style: none; display: grid; gap: .75rem }
    .candidates { gap: 1.25rem; margin-top: .75rem }
    .candidates .words { font-size: 1.1em; margin-bottom: .35rem }
    .related { font-size: .875em }
    .related blockquote { border-color: var(--line) }
    figcaption { margin-top: .15rem }
    @media (prefers-reduced-motion: no-preference) {
      .working { animation: breathe 1.5s ease-in-out infinite alternate }
      @keyframes breathe { to { opacity: .6 } }
    }`;

  // What this script is served by also answers, unless the element says another.
  const HOME = document.currentScript?.src;

  /** An element with children: elements, or texts, which stay texts. */
  function node(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /** What went wrong, in words for whoever asked. */
  class Refusal extends Error {}

  class FootnoteAsk extends HTMLElement {
    #asked = [];
    #under_way = null;
    #input;
    #result;

    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet]; // allowed by policies that forbid inline styles
      this.#input = node("input", { id: "question", type: "text", maxlength: 2000,
        autocomplete: "off", enterkeyhint: "search", "aria-describedby": "hint" });
      this.#result = node("div", { class: "result", "aria-live": "polite", "aria-atomic": "true" });
      const form = node("form", { role: "search", "aria-labelledby": "label" },
        node("label", { id: "label", for: "question" }, this.#say("label")),
        node("div", { class: "row" }, this.#input, node("button", {}, this.#say("ask"))),
        node("p", { class: "hint", id: "hint" }, this.#say("hint")));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#ask(this.#input.value.trim());
      });
      root.append(node("div", { class: "box" }, form, this.#result));
    }

    disconnectedCallback() {
      this.#under_way?.abort();
    }

    /** One of the WORDS, with what stands in braces filled in. */
    #say(name, values = {}) {
      const words = this.getAttribute(`data-${name}`) ?? WORDS[name];
      return words.replace(/\{(\w+)\}/g, (braced, key) => values[key] ?? braced);
    }

    #show(...children) {
      this.#result.replaceChildren(...children.filter(Boolean));
    }

    async #ask(question) {
      this.#under_way?.abort();
      if (!question) {
        this.#show(node("p", {}, this.#say("blank")));
        this.#input.focus();
        return;
      }
      const under_way = (this.#under_way = new AbortController());
      const patience = setTimeout(() => under_way.abort("slow"), PATIENCE * 1000);
      this.#show(node("p", { class: "working" }, this.#say("working")));
      try {
        const answer = await this.#answer(question, under_way.signal);
        if (under_way.signal.aborted) return;
        const shown = answer.answer === null ? this.#silence(answer) : this.#answered(answer);
        this.#show(this.#understood(answer), ...shown);
        this.#asked.push({ question, answer: answer.answer ?? "" });
      } catch (error) {
        const { aborted, reason } = under_way.signal;
        if (aborted && reason !== "slow") return; // another question took its place
        if (!aborted && !(error instanceof Refusal)) console.error("footnote-ask:", error);
        this.#fail(question, aborted ? this.#say("slow")
          : error instanceof Refusal ? error.message : this.#say("broken", { id: "-" }));
      } finally {
        clearTimeout(patience);
      }
    }

    /** The answer of the service. Throws Refusal where it says that there is none to be had. */
    async #answer(question, signal) {
      const response = await fetch(this.#route(), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ question, history: this.#asked.slice(-REMEMBERED) }),
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal,
      }).catch((error) => {
        if (signal.aborted) throw error;
        throw new Refusal(this.#say(navigator.onLine ? "unreachable" : "offline"));
      });
      if (response.ok) return response.json();
      const problem = await response.json().catch(() => ({}));
      const seconds = response.headers.get("Retry-After");
      if (seconds) throw new Refusal(this.#say("busy", { seconds }));
      if (response.status === 401) throw new Refusal(this.#say("refused"));
      if (response.status === 422) throw new Refusal(problem.detail);
      throw new Refusal(this.#say("broken", { id: problem.request_id ?? response.status }));
    }

    #route() {
      const named = this.getAttribute("server");
      const server = named === null ? new URL(".", HOME) : new URL(named, document.baseURI);
      return new URL(`${server.pathname.replace(/\/*$/, "")}/v1/ask`, server);
    }

    #fail(question, reason) {
      const again = node("button", { type: "button" }, this.#say("again"));
      again.addEventListener("click", () => {
        this.#input.focus();
        this.#ask(question);
      });
      this.#show(node("p", { class: "said" }, reason), again);
    }

    #understood({ question, resolved_question }) {
      const said = this.#say("understood", { question: resolved_question });
      return question !== resolved_question && node("p", { class: "hint" }, said);
    }

    #answered(answer) {
      const number = { next: 1 };
      if (answer.conflict) {
        const sides = [answer, ...answer.alternatives];
        return [node("p", { class: "said" }, this.#say("conflict")),
          node("p", {}, this.#say("sides")), this.#candidates(sides, number)];
      }
      const sources = this.#sources(answer.citations, number);
      const sure = [this.#say("confidence", { percent: Math.round(answer.confidence * 100) })];
      if (answer.agreement > 1) sure.push(this.#say("agreement", { count: answer.agreement }));
      return [node("p", { class: "words", dir: "auto" }, answer.answer), sources,
        node("p", { class: "hint" }, sure.join(" · ")),
        answer.alternatives.length > 0 && node("details", {},
          node("summary", {}, this.#say("others")),
          this.#candidates(answer.alternatives, number))];
    }

    #candidates(candidates, number) {
      return node("ul", { class: "candidates" }, ...candidates.map(({ answer, citations }) =>
        node("li", {}, node("p", { class: "words", dir: "auto" }, answer),
          this.#sources(citations, number))));
    }

    /** Quotes with where they stand, numbered on from `number`. */
    #sources(citations, number) {
      return node("ol", { class: "sources" }, ...citations.map((citation) =>
        node("li", {}, node("figure", {}, this.#quote(citation),
          node("figcaption", {}, `[${number.next++}] `, ...this.#source(citation))))));
    }

    /** The quote with the answer marked. Offsets count code points, not UTF-16 units. */
    #quote({ quote, start, answer_start, answer_end }) {
      const points = Array.from(quote);
      const cut = (from, to) => points.slice(from, to).join("");
      const [from, to] = [answer_start - start, answer_end - start];
      return node("blockquote", { dir: "auto" },
        cut(0, from), node("mark", {}, cut(from, to)), cut(to));
    }

    #source({ title, url, date, page }) {
      const link = address(url);
      const name = link ? node("a", { href: link, dir: "auto" }, title)
        : node("bdi", {}, title);
      const rest = [date, page === null ? null : this.#say("page", { page })].filter(Boolean);
      return [name, ...rest.flatMap((part) => [", ", node("bdi", {}, part)])];
    }

    #silence({ signal, reason, hits }) {
      const near = signal === "off-topic" ? [] : hits.slice(0, RELATED.most);
      return [node("p", { class: "said" }, this.#say("silence")),
        node("p", {}, this.getAttribute(`data-${signal}`) ?? reason),
        near.length > 0 && node("p", { class: "hint" }, this.#say("related")),
        near.length > 0 && node("ul", { class: "sources related" }, ...near.map((hit) =>
          node("li", {}, node("figure", {},
            node("blockquote", { dir: "auto" }, beginning(hit.text)),
            node("figcaption", {}, node("bdi", {}, hit.title))))))];
    }
  }

  function beginning(text) {
    const points = Array.from(text);
    if (points.length <= RELATED.characters) return text;
    return `${points.slice(0, RELATED.characters).join("")}…`;
  }

  /** The address that a link may lead to: http or https and whole, else null. */
  function address(url) {
    if (!/^https?:\/\//i.test(url ?? "")) return null;
    return URL.canParse(url) ? new URL(url).href : null;
  }

  if (!customElements.get("footnote-ask")) customElements.define("footnote-ask", FootnoteAsk);
})();
