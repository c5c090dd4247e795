/**
 * A program, a command or an answer, to be read and copied. Its lines stay whole, because a line that breaks after a hyphen reads as another
 * command; a long one scrolls within the block, by keyboard too.
 */
export function CodeBlock({ text }: { text: string }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-sunken p-4 text-sm leading-normal"
    >
      <code>{text.trimEnd()}</code>
    </pre>
  );
}
