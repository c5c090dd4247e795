/** Runs `load` when the form is first touched, or at once when it already was; a load that fails leaves the plain form as it is. */
export function onFirstFocus(form: HTMLFormElement, load: () => Promise<void>): void {
  const start = () => void load().catch(() => undefined);
  if (form.contains(document.activeElement)) start();
  else form.addEventListener('focusin', start, { once: true });
}
