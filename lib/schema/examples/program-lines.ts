/** Every line moved to the right, empty ones left empty; the first only when asked, as it often goes on a line that stands already. */
export function indented(text: string, indent: string, isFirstToo = false): string {
  return text
    .split('\n')
    .map((line, index) => (line === '' || (index === 0 && !isFirstToo) ? line : indent + line))
    .join('\n');
}

/** The lines that are there, one below the other; `false` leaves a line out. */
export function program(...lines: readonly (string | false)[]): string {
  return `${lines.filter((line) => line !== false).join('\n')}\n`;
}

/** A JSON text in readable form: what stands in the programs whose language has no literal of its own for such values. */
export function prettyJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
