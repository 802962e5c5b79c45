"use strict";
// Filters: a question is shown if it fits all of them. Its text is taken once, without passages.
(() => {
  const form = document.querySelector(".filters");
  const status = form.querySelector("output");
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const items = [...document.querySelectorAll(".question")].map((node) => ({
    node,
    kind: node.dataset.kind,
    cause: node.dataset.cause,
    states: node.dataset.state.split(" "),
    text: fold([...node.querySelectorAll("summary .asked, .said, .explanation, .facts, blockquote")]
      .map((part) => part.textContent).join("\n")),
  }));

  const filter = () => {
    const { text, state, kind, cause } = Object.fromEntries(new FormData(form));
    const words = fold(text).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const fits = (!kind || item.kind === kind) && (!cause || item.cause === cause)
        && (!state || item.states.includes(state)) && words.every((word) => item.text.includes(word));
      item.node.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    status.textContent = `${shown.toLocaleString("en")} of ${items.length.toLocaleString("en")} shown`;
    form.classList.toggle("all", shown === items.length);
  };

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  for (const link of document.querySelectorAll("a[data-field]")) {
    link.addEventListener("click", () => {
      form.reset();
      form.elements[link.dataset.field].value = link.dataset.value;
      setTimeout(filter);
    });
  }
  form.hidden = false;
  filter();  // a browser may have kept what was chosen before a reload
})();
