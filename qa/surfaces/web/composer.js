/* Where a question is typed. It is emptied when the question is sent, not when the server says so:
   what is typed meanwhile stays. Runs once, with Gradio's `element` and `trigger`. */
const box = element.querySelector('textarea');
for (const part of box.form.elements) part.disabled = false;
box.focus();

element.addEventListener('submit', (event) => {
  event.preventDefault();
  const words = box.value;
  box.value = '';
  if (words) footnoteLine.tell(trigger, 'click', { deed: 'ask', words });
});

box.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  box.form.requestSubmit();
});
