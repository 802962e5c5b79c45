/* Hands what the server has written to the browser as a file to save.
   Runs once, with Gradio's `element` and `watch`. */
watch('value', () => {
  const parcel = element.querySelector('[data-name]');
  if (!parcel) return;
  const url = URL.createObjectURL(new Blob([parcel.textContent], { type: parcel.dataset.type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = parcel.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
});
