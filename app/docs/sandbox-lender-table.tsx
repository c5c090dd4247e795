import { type Column, Table } from '#components/ui/table.tsx';
import { formatCpf } from '#lib/domain/cpf.ts';
import { type SandboxLenderRow, sandboxLenderRows } from '#lib/domain/sandbox-lender.ts';

/** The table that the sandbox lender itself obeys. */
export function SandboxLenderTable() {
  return (
    <Table
      caption="What the sandbox lender does, by CPF"
      isCaptionHidden
      columns={columns}
      rows={sandboxLenderRows}
      rowKey={({ behaviour }) => behaviour}
      empty="None."
    />
  );
}

const columns: readonly Column<SandboxLenderRow>[] = [
  { header: 'CPF', cell: ({ cpf }) => (cpf ? formatCpf(cpf) : 'any other'), isRowHeader: true },
  { header: 'The lender', cell: ({ does }) => does.en },
  { header: 'Delivery ends as', cell: ({ endsAs }) => endsAs },
  { header: 'How', cell: ({ ends }) => ends.en },
];
