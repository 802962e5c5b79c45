/* The conversation: buttons and forms in it carry `data-do`, and are reported to the server.
   Runs once, with Gradio's `element`, `trigger` and `watch`. Holds no text of users or articles. */
const LOOKING = ['source', 'why', 'search', 'quotation'];
const SAVING = ['markdown', 'json', 'certificate'];

const question = () => document.querySelector('.qa-composer textarea');

// A question that is to be put differently goes back to where it was typed.
const refill = (node) => {
  question().value = node.closest('.qa-turn').querySelector('.qa-question')?.textContent ?? '';
  question().focus();
};

const report = (node, words) => {
  const told = { deed: node.dataset.do, words: words ?? node.dataset.words ?? '' };
  for (const name of ['turn', 'number']) {
    if (node.dataset[name] !== undefined) told[name] = Number(node.dataset[name]);
  }
  if (told.deed === 'edit' || told.deed === 'undo') refill(node);
  if (told.deed === 'edit') return;
  if (LOOKING.includes(told.deed) || told.deed === 'wrong') window.footnoteOpener = node;
  if (SAVING.includes(told.deed)) trigger('input', told);
  else footnoteLine.tell(trigger, LOOKING.includes(told.deed) ? 'select' : 'click', told);
};

element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-do]');
  if (button) report(button);
});

element.addEventListener('submit', (event) => {
  event.preventDefault();
  const words = event.target.elements.words.value.trim();
  if (words) report(event.target, words);
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') document.querySelector('.qa-panel .qa-close')?.click();
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.key === '/' && !typing && question()?.offsetParent) {
    event.preventDefault();
    question().focus();
  }
});

// A question that is new on the page goes to the top of the window.
let opening = false;
const count = () => element.querySelectorAll('.qa-turn').length;
let turns = count();
watch('value', () => {
  window.footnoteChips?.();
  const newest = count();
  if (newest > turns) element.querySelector('.qa-turn:last-child').scrollIntoView({ block: 'start' });
  const opened = opening && !element.querySelector('.qa-working');
  if (newest < turns || (opened && document.activeElement === document.body)) question()?.focus();
  opening = element.querySelector('.qa-welcome .qa-working') !== null;
  turns = newest;
});
