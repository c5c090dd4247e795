import type { Check } from '#components/form/guard-form.ts';
import { liveErrors } from '#components/form/live-errors.ts';
import type { LiveWords } from './live-words.ts';

/** A box counts only with its own value, here as on the server. */
const ticked = 'yes';

/** The declarations come to life: a box left empty says so at once, and is right as soon as it is ticked. */
export function liveBoxes(form: HTMLFormElement, { errors, summary }: LiveWords): Check {
  const boxes = Array.from(form.querySelectorAll<HTMLInputElement>('input[type=checkbox]'), ({ name }) => name);
  return liveErrors(form, {
    names: boxes,
    summary,
    judges: 'onChange',
    check: (typed) => {
      const empty = boxes.filter((box) => typed[box] !== ticked);
      return Object.fromEntries(empty.map((box) => [box, errors[`${box}_not_ticked`] ?? '']));
    },
  });
}
