import { SummaryList } from '#components/ui/summary-list.tsx';

type Row = { label: string; value: string; form?: 'hash'; source?: string };
type Block =
  | { kind: 'rows'; rows: readonly Row[] }
  | { kind: 'paragraph' | 'command'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'timeline'; entries: readonly { moment: string; event: string; actor: string }[] };
export type CertificateSection = { heading: string; blocks: readonly Block[] };

/** A certificate on the screen: the parts that its PDF has, in the same order and words. */
export function CertificateView({ sections }: { sections: readonly CertificateSection[] }) {
  return sections.map(({ heading, blocks }) => (
    <section key={heading} className="mt-8">
      <h2 className="mb-3">{heading}</h2>
      <div className="space-y-3">
        {blocks.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a section never change places.
          <CertificateBlock key={at} block={block} heading={heading} />
        ))}
      </div>
    </section>
  ));
}

function CertificateBlock({ block, heading }: { block: Block; heading: string }) {
  switch (block.kind) {
    case 'rows':
      return <SummaryList rows={block.rows.map(shownRow)} />;
    case 'paragraph':
      return <p>{block.text}</p>;
    case 'command':
      return (
        <p translate="no" className="rounded-lg bg-sunken px-4 py-2.5 font-mono text-sm [overflow-wrap:anywhere]">
          {block.text}
        </p>
      );
    case 'list':
      return (
        <ul className="list-disc space-y-1 pl-6">
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      );
    case 'timeline':
      return <Timeline entries={block.entries} label={heading} />;
  }
}

function shownRow({ label, value, form, source }: Row, at: number) {
  const shown = form === 'hash' ? <span className="font-mono font-normal text-[0.9375rem]">{value}</span> : value;
  return {
    key: `${at} ${label}`,
    label,
    value: (
      <>
        {shown}
        {source !== undefined && <span className="block font-normal text-ink-soft text-sm">{source}</span>}
      </>
    ),
  };
}

type TimelineProps = { entries: Extract<Block, { kind: 'timeline' }>['entries']; label: string };

/** In order, each with its moment in two zones: a list, because on a phone a table of four columns is none. */
function Timeline({ entries, label }: TimelineProps) {
  return (
    <ol aria-label={label} className="divide-y divide-line border-line border-y">
      {entries.map(({ moment, event, actor }) => (
        <li key={`${moment} ${event}`} className="py-2.5">
          <span className="block font-medium">{event}</span>
          <span className="block text-ink-soft text-sm">
            {moment} · {actor}
          </span>
        </li>
      ))}
    </ol>
  );
}
