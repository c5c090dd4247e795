import { type Column, Table } from '#components/ui/table.tsx';
import { type DeliveryMeaningRow, deliveryMeaningRows } from '#lib/domain/delivery-meaning.ts';

/** What each `delivery.status` means to a merchant. */
export function DeliveryStatusTable() {
  return (
    <Table
      caption="What delivery.status means"
      isCaptionHidden
      columns={columns}
      rows={deliveryMeaningRows}
      rowKey={({ status }) => status}
      empty="None."
    />
  );
}

const columns: readonly Column<DeliveryMeaningRow>[] = [
  { header: 'Status', cell: ({ status }) => <code>{status}</code>, isRowHeader: true },
  { header: 'Meaning', cell: ({ meaning }) => meaning },
];
