import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { DeliveryStatusTable } from '#app/docs/delivery-status-table.tsx';
import { deliveryMeanings } from '#lib/domain/delivery-meaning.ts';
import { deliveryStatuses } from '#lib/domain/delivery-state.ts';
import { webhookTypes } from '#lib/domain/webhook-type.ts';

test('the reference says of every delivery status what it means, once', () => {
  const markup = renderToStaticMarkup(<DeliveryStatusTable />);
  for (const status of deliveryStatuses) expect(markup.split(`<code>${status}</code>`), status).toHaveLength(2);
});

/** As the database tells it (`webhook_type`): of a delivery there are these three messages and no other. */
test('a delivery status names the message that tells of it, and PAUSED says that none does', () => {
  const told = Object.entries(deliveryMeanings).flatMap(([status, meaning]) => {
    const type = /Told by ([a-z_.]+[a-z])\./.exec(meaning)?.[1];
    return type === undefined ? [] : [[status, type]];
  });
  expect(Object.fromEntries(told)).toEqual({
    DELIVERED: 'lender.signature_received',
    REJECTED: 'lender.rejected',
    NEEDS_ATTENTION: 'lender.needs_attention',
  });
  expect(webhookTypes).toEqual(expect.arrayContaining(told.map(([, type]) => type)));
  expect(deliveryMeanings.PAUSED).toContain('told by no webhook');
});
