import type { Check } from '#components/form/guard-form.ts';
import { liveErrors } from '#components/form/live-errors.ts';
import { fill } from '#lib/copy/language.ts';
import { detailFields } from '#lib/domain/signer-detail.ts';
import { checkDetails } from '#lib/schema/signer-details.ts';
import type { LiveWords } from './live-words.ts';

/** The details form come to life: the server's own rules, loaded only when somebody begins to type. */
export function liveDetails(form: HTMLFormElement, { errors, summary }: LiveWords): Check {
  return liveErrors(form, {
    names: detailFields,
    summary,
    judges: 'onBlur',
    check: (typed) => {
      const answer = checkDetails(typed);
      if (answer.ok) return {};
      const sentences = Object.entries(answer.errors).map(([field, { code, details = {} }]) => [
        field,
        fill(errors[code] ?? '', details),
      ]);
      return Object.fromEntries(sentences);
    },
  });
}
