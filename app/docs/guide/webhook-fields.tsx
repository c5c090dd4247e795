import { type Column, Table } from '#components/ui/table.tsx';
import { type FieldRow, fieldTable } from '#lib/schema/field-table.ts';
import { webhookSession } from '#lib/schema/webhook-message.ts';
import { Section } from './section.tsx';

/** Every field of `data`, from the schema that the tests hold real messages against. */
export function WebhookFields() {
  return (
    <Section id="fields" title="What a message holds">
      <p>
        <code>data</code> is the session as it stood when it happened. Which fields there are follows from{' '}
        <code>status</code>; <code>lender.*</code>, <code>evidence.final</code> and{' '}
        <code>signing_session.disputed</code> come with <code>COMPLETED</code>. What has no value is absent, never null,
        in <code>delivery</code> too. The <code>data</code> of <code>webhook.test</code> is <code>endpointId</code>{' '}
        alone.
      </p>
      <Table
        caption="Fields of data"
        isCaptionHidden
        columns={columns}
        rows={fieldTable(webhookSession, 'output')}
        rowKey={({ name }) => name}
        empty="No fields."
      />
    </Section>
  );
}

const columns: readonly Column<FieldRow>[] = [
  { header: 'Field', cell: ({ name }) => <code>{name}</code>, isRowHeader: true },
  { header: 'Type, and when present', cell: ({ type, presence }) => `${type}, ${presence}` },
  { header: 'Meaning', cell: ({ description, rules }) => <Meaning words={[description, rules].filter(Boolean)} /> },
];

/** Beside the guide's contents there is little room: names and patterns break where they must. */
function Meaning({ words }: { words: readonly string[] }) {
  return <span className="[overflow-wrap:anywhere]">{words.join(' ')}</span>;
}
