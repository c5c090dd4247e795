import { createFormControl, type FieldErrors } from 'react-hook-form';
import type { Check } from './guard-form.ts';
import { type SummaryTitles, showAtFields, showRefusal } from './show-errors.ts';

type Typed = Record<string, string | boolean | null>;

type LiveErrors = {
  /** The inputs to watch; those that the form does not have are left out. */
  names: readonly string[];
  /** The sentence of every wrong field, by name. */
  check: (typed: Record<string, string>) => Record<string, string>;
  summary: SummaryTitles;
  /** A text is judged again when it is left, because a half-written number is no mistake; a box as soon as it is ticked. */
  judges: 'onBlur' | 'onChange';
};

/**
 * Gives a native form the manners of a live one: a refused sending says what is wrong at once, and a field that was wrong is judged
 * again as it is mended. Loaded at the first touch of the form; the server judges again whatever passes here.
 */
export function liveErrors(form: HTMLFormElement, { names, check, summary, judges }: LiveErrors): Check {
  const inputs = names.flatMap((name) => {
    const input = form.elements.namedItem(name);
    return input instanceof HTMLInputElement ? [input] : [];
  });
  const isRefused = inputs.some((input) => input.ariaInvalid === 'true');
  const { register, handleSubmit, subscribe } = createFormControl<Typed>({
    mode: isRefused ? judges : 'onSubmit',
    reValidateMode: judges,
    shouldFocusError: false,
    resolver: (typed) => {
      const errors = check(textsOf(typed));
      return Object.keys(errors).length > 0
        ? { values: {}, errors: asFieldErrors(errors) }
        : { values: typed, errors: {} };
    },
  });
  // What was mended while this was loading is right already.
  if (isRefused) showAtFields(inputs, check(Object.fromEntries(inputs.map(typedIn))));
  const isPressed = watchPresses(form);
  for (const input of inputs) {
    const { ref, onChange, onBlur } = register(input.name);
    ref(input);
    input.addEventListener('input', onChange);
    input.addEventListener('blur', (event) => {
      if (!isPressed()) void onBlur(event);
    });
  }
  const messages = (errors: FieldErrors<Typed>) =>
    Object.fromEntries(inputs.flatMap(({ name }) => (errors[name] ? [[name, String(errors[name]?.message)]] : [])));
  subscribe({
    formState: { errors: true },
    callback: ({ errors }) => showAtFields(inputs, messages(errors ?? {})),
  });
  return () =>
    new Promise((resolve) => {
      const refuse = (errors: FieldErrors<Typed>) => {
        showRefusal(inputs, messages(errors), summary);
        resolve(false);
      };
      void handleSubmit(() => resolve(true), refuse)();
    });
}

/**
 * Says whether a button of the form is being pressed. A press takes the focus from a field before it ends; what was said or unsaid at
 * that moment would move the button away from under the finger, and the press would be lost. The sending judges every field anyway.
 */
function watchPresses(form: HTMLFormElement): () => boolean {
  let isPressed = false;
  form.addEventListener('pointerdown', ({ target }) => {
    isPressed = target instanceof Element && target.closest('button') !== null;
  });
  for (const end of ['pointerup', 'pointercancel']) {
    window.addEventListener(end, () => {
      isPressed = false;
    });
  }
  return () => isPressed;
}

function typedIn({ name, type, checked, value }: HTMLInputElement): [string, string] {
  return [name, type === 'checkbox' && !checked ? '' : value];
}

/** A ticked box has its own value, an empty one is as good as absent. */
function textsOf(typed: Typed): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  );
}

function asFieldErrors(errors: Record<string, string>): FieldErrors<Typed> {
  return Object.fromEntries(Object.entries(errors).map(([name, message]) => [name, { type: 'rule', message }]));
}
