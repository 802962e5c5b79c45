/* Which collection is asked. Runs once, with Gradio's `element` and `trigger`. */
element.addEventListener('change', (event) => {
  footnoteLine.tell(trigger, 'click', { deed: 'choose', words: event.target.value });
});
