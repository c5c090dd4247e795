import { type Column, Table } from '#components/ui/table.tsx';
import { errorCatalogue } from '#lib/domain/error-catalogue.ts';
import { paths } from '#lib/paths.ts';
import { type FieldRow, fieldTable } from '#lib/schema/field-table.ts';
import type { Operation } from '#lib/schema/operations.ts';
import { CallExample } from './call-example.tsx';

/** One call: its address, what it takes, what it answers, how it can fail. */
export function OperationReference({ operation, base }: { operation: Operation; base: string }) {
  const { id, method, path, summary, description, scope, query, body, success } = operation;
  return (
    <section className="mt-12 space-y-4" aria-labelledby={id}>
      <h2 id={id}>{summary}</h2>
      <p className="[overflow-wrap:anywhere]">
        <code>
          {method.toUpperCase()} {base}
          {path}
        </code>
      </p>
      <p className="max-w-[44rem]">{description}</p>
      {scope && (
        <p>
          Scope: <code>{scope}</code>
        </p>
      )}
      <CallExample operation={operation} base={base} />
      {query && <FieldTable caption={`Query of "${summary}"`} rows={fieldTable(query, 'input')} />}
      {body && <FieldTable caption={`Body of "${summary}"`} rows={fieldTable(body.schema, 'input')} />}
      <p>
        Answers <code>{success.status}</code>: {success.description}
      </p>
      {success.schema && <FieldTable caption={`Answer of "${summary}"`} rows={fieldTable(success.schema, 'output')} />}
      <Failures operation={operation} />
    </section>
  );
}

function FieldTable({ caption, rows }: { caption: string; rows: readonly FieldRow[] }) {
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ name }) => name} empty="No fields." />;
}

const columns: readonly Column<FieldRow>[] = [
  { header: 'Field', cell: ({ name }) => <code>{name}</code>, isRowHeader: true },
  { header: 'Type', cell: ({ type }) => type },
  { header: 'Present', cell: ({ presence }) => presence },
  { header: 'Rules', cell: ({ rules }) => rules },
  { header: 'Meaning', cell: ({ description }) => description },
];

function Failures({ operation: { errors } }: { operation: Operation }) {
  if (errors.length === 0) return null;
  const byStatus = errors.toSorted((a, b) => errorCatalogue[a].status - errorCatalogue[b].status);
  return (
    <p>
      Errors:{' '}
      {byStatus.map((code, index) => (
        <span key={code}>
          {index > 0 && ', '}
          {errorCatalogue[code].status} <a href={paths.docsError(code)}>{code}</a>
        </span>
      ))}
    </p>
  );
}
