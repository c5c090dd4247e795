/** A program, a command or an answer, to be read and copied. Long lines wrap, so that nothing scrolls sideways within the page. */
export function CodeBlock({ text }: { text: string }) {
  return (
    <pre className="whitespace-pre-wrap rounded-lg border border-line bg-sunken p-4 text-sm leading-normal [overflow-wrap:anywhere]">
      <code>{text.trimEnd()}</code>
    </pre>
  );
}
