/** Asked before a form is sent; false keeps the person on the page, and has told them why. */
export type Check = () => boolean | Promise<boolean>;
export type SendingState = 'ready' | 'offline' | 'sending';

/** A navigation that has not happened by then was stopped by the person or the network; the button works again. */
const sendingMaxMs = 20_000;

type Guard = { checks: readonly Check[]; onState: (state: SendingState) => void };

/**
 * Stands between a native form and its sending: runs the checks one after the other, then hands the very same submit over to the browser. A
 * second tap while that happens does nothing; it is a courtesy, because the server takes an act only once anyway. Returns how to end it.
 */
export function guardForm(form: HTMLFormElement, { checks, onState }: Guard): () => void {
  let phase: 'idle' | 'checking' | 'passed' | 'sent' = 'idle';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const become = (next: typeof phase, state: SendingState) => {
    phase = next;
    onState(state);
  };
  const release = () => become('idle', 'ready');

  const passes = async () => {
    for (const check of checks) if (!(await check())) return false;
    return true;
  };
  const send = (submitter: HTMLElement | null) => {
    if (!navigator.onLine) return become('idle', 'offline');
    become('passed', 'sending');
    // The browser ignores a submit that is asked for while it still handles this one, microtasks included.
    setTimeout(() => form.requestSubmit(submitter), 0);
    timer = setTimeout(release, sendingMaxMs);
  };
  const onSubmit = (event: SubmitEvent) => {
    if (phase === 'passed') {
      phase = 'sent';
      return;
    }
    event.preventDefault();
    if (phase !== 'idle') return;
    phase = 'checking';
    passes().then(
      (isRight) => (isRight ? send(event.submitter) : release()),
      () => send(event.submitter),
    );
  };
  // Back from the next page, the browser may show this one as it was left: waiting.
  const onShow = (event: PageTransitionEvent) => event.persisted && release();

  form.addEventListener('submit', onSubmit, true);
  window.addEventListener('pageshow', onShow);
  return () => {
    clearTimeout(timer);
    form.removeEventListener('submit', onSubmit, true);
    window.removeEventListener('pageshow', onShow);
  };
}
