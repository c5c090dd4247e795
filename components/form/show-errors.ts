/** The summary's place in the page; a link to it, and the focus, find it by this id. */
export const errorSummaryId = 'error-summary';

export type SummaryTitles = {
  /** The summary's title by how many fields are wrong, from one on. */
  byCount: readonly string[];
  /** Put before the document's title while anything is wrong. */
  prefix: string;
};

type Messages = Readonly<Record<string, string | undefined>>;

/**
 * Writes the errors where the server would have written them: at each field, in the summary, in the title; the summary takes the focus.
 * The places stand in the page already; React made them and never touches them again, because no part of them changes on the client.
 */
export function showRefusal(inputs: readonly HTMLInputElement[], messages: Messages, titles: SummaryTitles): void {
  const wrong = inputs.filter(({ name }) => messages[name] !== undefined);
  showAtFields(inputs, messages);
  document.title = titles.prefix + document.title.replace(titles.prefix, '');
  showSummary(
    wrong.map(({ id, name }) => ({ id, text: messages[name] ?? '' })),
    titles,
  );
}

/** Only at the fields, while they are being mended: the summary stays, so that nothing moves under the person's hands. */
export function showAtFields(inputs: readonly HTMLInputElement[], messages: Messages): void {
  for (const input of inputs) showAtField(input, messages[input.name]);
}

function showAtField(input: HTMLInputElement, message: string | undefined): void {
  const place = document.getElementById(`${input.id}-error`);
  if (!place) return;
  const isWrong = message !== undefined;
  place.textContent = message ?? '';
  place.hidden = !isWrong;
  if (isWrong) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
  const others = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== '' && id !== place.id);
  const described = isWrong ? [...others, place.id] : others;
  if (described.length > 0) input.setAttribute('aria-describedby', described.join(' '));
  else input.removeAttribute('aria-describedby');
}

function showSummary(wrong: readonly { id: string; text: string }[], { byCount }: SummaryTitles): void {
  const summary = document.getElementById(errorSummaryId);
  const [title, list] = [summary?.querySelector('h2'), summary?.querySelector('ul')];
  if (!summary || !title || !list) return;
  summary.hidden = false;
  title.textContent = byCount[wrong.length - 1] ?? '';
  list.replaceChildren(...wrong.map(summaryLine));
  summary.focus();
}

function summaryLine({ id, text }: { id: string; text: string }): HTMLLIElement {
  const line = document.createElement('li');
  const link = document.createElement('a');
  link.href = `#${id}`;
  link.className = 'font-medium text-danger';
  link.textContent = text;
  line.append(link);
  return line;
}
