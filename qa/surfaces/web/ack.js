/* The number of the deed that the server took last. Runs once, with Gradio's `element` and `watch`. */
watch('value', () => footnoteLine.taken(Number(element.textContent)));
