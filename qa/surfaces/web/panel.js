/* The panel beside the conversation: opening, leafing, copying, marking words, closing.
   Runs once, with Gradio's `element`, `trigger` and `watch`. Holds no text of users or articles. */
const SAYING = ['marked', 'absent'];
let selected = null;

const tell = (event, deed) => footnoteLine.tell(trigger, event, deed);

const copy = async (text, button) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers give the clipboard only to pages of this machine or over HTTPS.
    const area = document.body.appendChild(document.createElement('textarea'));
    area.value = text;
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  const before = button.textContent;
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = before; }, 1500);
};

const close = () => {
  tell('select', { deed: 'close' });
  window.footnoteOpener?.focus();
};

element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (!button || button.tagName === 'FORM') return;
  const deed = button.dataset.do;
  if (deed === 'link') {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    copy(button.href, button);
  } else if (deed === 'copy') {
    copy(button.dataset.copy, button);
  } else if (deed === 'close') {
    close();
  } else {
    // The panel that was seen, and the place in it: the server may have gone on to another.
    const seen = element.querySelector('.qa-panel').dataset;
    const told = { deed, view: Number(seen.view), ...(deed === 'marked' ? selected : {}) };
    told.number = Number(button.dataset.number ?? seen.number);
    if (button.dataset.turn) told.turn = Number(button.dataset.turn);
    if (button.dataset.words) told.words = button.dataset.words;
    tell(SAYING.includes(deed) ? 'click' : 'select', told);
  }
});

element.addEventListener('submit', (event) => {
  event.preventDefault();
  const words = event.target.elements.words.value.trim();
  const { do: deed, turn = -1 } = event.target.dataset;
  if (words) tell('select', { deed, turn: Number(turn), words });
});

// Every piece of text stands alone in an element that carries the offset of its first character.
// Offsets count code points, JavaScript counts UTF-16 units.
const offset = (piece, units) =>
  Number(piece.dataset.at) + [...piece.textContent.slice(0, units)].length;

const range = () => {
  const selection = document.getSelection();
  const article = element.querySelector('.qa-article');
  if (!article || !selection.rangeCount || selection.isCollapsed) return null;
  const chosen = selection.getRangeAt(0);
  let start = null;
  let end = null;
  for (const piece of article.querySelectorAll('[data-at]')) {
    const text = piece.firstChild;
    if (!text || !chosen.intersectsNode(text)) continue;
    const from = text === chosen.startContainer ? chosen.startOffset : 0;
    const to = text === chosen.endContainer ? chosen.endOffset : text.length;
    // One that the selection only touches, as a triple click touches the next paragraph.
    if (from >= to || chosen.comparePoint(text, to) > 0) continue;
    start ??= offset(piece, from);
    end = offset(piece, to);
  }
  return start === null ? null : { start, end };
};

document.addEventListener('selectionchange', () => {
  const button = element.querySelector('[data-do=marked]');
  if (!button) return;
  selected = range() ?? selected;
  button.disabled = selected === null;
});

const address = (link) => {
  const url = new URL(location.href);
  for (const name of ['question', 'collection', 'source']) url.searchParams.delete(name);
  for (const [name, value] of new URLSearchParams(link)) url.searchParams.set(name, value);
  history.replaceState(history.state, '', url);
};

// The chip of the source that is open; the conversation asks for it when it is drawn anew.
window.footnoteChips = () => {
  const { turn = '', number } = element.querySelector('.qa-panel')?.dataset ?? {};
  for (const chip of document.querySelectorAll('.qa-chip')) {
    const open = chip.dataset.turn === turn && chip.dataset.number === number;
    chip[open ? 'setAttribute' : 'removeAttribute']('aria-current', 'true');
  }
};

const calm = matchMedia('(prefers-reduced-motion: reduce)');
const shown = () => {
  const panel = element.querySelector('.qa-panel');
  selected = null;
  address(panel?.dataset.link ?? '');
  document.documentElement.classList.toggle('qa-looking', panel !== null);
  window.footnoteChips();
  if (!panel) return;
  const scroller = panel.querySelector('.qa-scroll');
  const marked = scroller.querySelector('.qa-article mark') ?? scroller.querySelector('.qa-article .qa-soft');
  const distance = marked
    ? marked.getBoundingClientRect().top - scroller.getBoundingClientRect().top - scroller.clientHeight / 3
    : -scroller.scrollTop;
  scroller.scrollBy({ top: distance, behavior: calm.matches || !marked ? 'auto' : 'smooth' });
  // Whoever is typing goes on typing.
  if (document.activeElement?.matches('.qa-composer textarea')) return;
  panel.querySelector('h2').focus({ preventScroll: true });
};
watch('value', shown);
