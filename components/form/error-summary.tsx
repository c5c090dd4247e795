import { errorSummaryId } from './show-errors.ts';

export type SummaryError = { fieldId: string; text: string };

/**
 * All that is wrong, on top of the page: each line leads to its field and says what the field says. It takes the focus when the page
 * opens with errors. Empty and hidden otherwise, so that a script can fill it with the same look.
 */
export function ErrorSummary({ title, errors }: { title: string; errors: readonly SummaryError[] }) {
  const isShown = errors.length > 0;
  return (
    <div
      id={errorSummaryId}
      role="alert"
      tabIndex={-1}
      hidden={!isShown}
      // biome-ignore lint/a11y/noAutofocus: a refused form must begin where the reasons stand, with and without scripts.
      autoFocus={isShown}
      className="mb-6 rounded-lg border-2 border-danger bg-surface p-4"
    >
      <h2 className="mb-2 text-danger">{title}</h2>
      <ul className="list-disc space-y-1 pl-5">
        {errors.map(({ fieldId, text }) => (
          <li key={fieldId}>
            <a href={`#${fieldId}`} className="font-medium text-danger">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
