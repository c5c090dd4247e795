/** Names and what each means: beside each other where there is room, below each other on a phone. Nothing in it scrolls. */
export function TermList({ terms }: { terms: readonly { term: string; meaning: string }[] }) {
  return (
    <dl className="divide-y divide-line rounded-lg border border-line bg-surface px-4">
      {terms.map(({ term, meaning }) => (
        <div key={term} className="py-3 sm:grid sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:gap-4">
          <dt className="[overflow-wrap:anywhere]">
            <code>{term}</code>
          </dt>
          <dd className="[overflow-wrap:anywhere]">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
