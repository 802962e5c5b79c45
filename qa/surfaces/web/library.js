/* The library: buttons, forms, and files that are dropped. Runs once in each of its parts, with
   Gradio's `element`, `trigger`, `upload` and `watch`. Holds no text of users or articles. */
let last = null;

/* One deed at a time, in order: each starts from what the one before it left. The parts of a tab
   share the line. The upper part is drawn anew, with another number, when a deed is done. */
const PATIENCE = 30_000;
const tab = element.closest('.qa-page');
tab.footnoteLine ??= { since: 0, waiting: [] };
const line = tab.footnoteLine;

const proceed = (deed) => {
  if (line.since && Date.now() - line.since < PATIENCE) {
    line.waiting.push(deed);
  } else {
    line.since = Date.now();
    deed();
  }
};

const done = () => {
  line.since = 0;
  const next = line.waiting.shift();
  if (next) proceed(next);
};

const send = (source, words) => {
  const { do: deed, doc = '' } = source.dataset;
  proceed(() => {
    last = { deed, doc };
    trigger('click', words === undefined ? { deed, doc } : { deed, doc, words });
  });
};

element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-do]');
  if (button) send(button);
});

element.addEventListener('change', (event) => {
  if (event.target.matches('select[data-do]')) send(event.target, event.target.value);
  if (event.target.matches('input[type=file]')) deliver([...event.target.files]);
});

element.addEventListener('submit', (event) => {
  event.preventDefault();
  send(event.target, event.target.elements.words.value.trim());
});

element.addEventListener('keydown', (event) => {
  const cancel = event.target.closest('.qa-form, .qa-confirm')?.querySelector('[data-do=""]');
  if (event.key === 'Escape' && cancel) {
    event.stopPropagation();
    cancel.click();
  }
});

const area = () => element.querySelector('[data-drop]');
const holdsFiles = (event) => event.dataTransfer?.types.includes('Files');

element.addEventListener('dragover', (event) => {
  if (!area() || !holdsFiles(event)) return;
  event.preventDefault();
  area().classList.add('qa-over');
});

element.addEventListener('dragleave', (event) => {
  if (area() && !area().contains(event.relatedTarget)) area().classList.remove('qa-over');
});

element.addEventListener('drop', (event) => {
  if (!area() || !holdsFiles(event)) return;
  event.preventDefault();
  area().classList.remove('qa-over');
  deliver([...event.dataTransfer.files]);
});

/* What is chosen while other files are being sent is sent after them. */
let delivery = Promise.resolve();
const deliver = (chosen) => {
  const { most, into = '' } = area().dataset;
  if (chosen.length) delivery = delivery.then(() => sendAll(chosen, Number(most), into));
};

const say = (words) => {
  const place = area();  // it may have been drawn anew
  place?.setAttribute('aria-busy', String(words !== ''));
  if (place) place.querySelector('.qa-sending').textContent = words;
};

const sendAll = async (chosen, most, into) => {
  const files = [];
  const unsent = [];
  for (const [index, file] of chosen.entries()) {
    say(`Sending ${index + 1} of ${chosen.length}…`);
    if (file.size > most) {
      unsent.push({ name: file.name, size: file.size });
      continue;
    }
    try {
      const { path } = await upload(file);
      files.push({ path, name: file.name });
    } catch {
      unsent.push({ name: file.name, size: 0 });
    }
  }
  say('');
  trigger('upload', { files, unsent, words: into });
};

/* What was drawn anew has lost the focus: it goes to what waits for an answer, or back to where
   it came from. */
watch('value', () => {
  const asked = element.querySelector('[data-focus]');
  const before = last && [...element.querySelectorAll('[data-do]')].find(
    (other) => other.dataset.do === last.deed && (other.dataset.doc ?? '') === last.doc);
  if (last) (asked ?? before)?.focus();
  if (asked?.select) asked.select();
  last = null;
  if (element.querySelector('[data-drawn]')) done();
});
