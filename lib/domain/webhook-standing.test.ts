import { expect, test } from 'vitest';
import { endpointStanding } from './webhook-standing.ts';

const [createdAt, failingSince, disabledAt] = [1, 2, 3].map((day) => new Date(Date.UTC(2031, 4, day))) as [
  Date,
  Date,
  Date,
];

test.each([
  ['that nothing has befallen', {}, 'active', createdAt],
  ['whose receiver fails', { failingSince }, 'failing', failingSince],
  ['that a person switched off', { disabledAt, disabledReason: 'by_person' as const }, 'by_person', disabledAt],
  [
    'that failed, and that a person switched off',
    { failingSince, disabledAt, disabledReason: 'by_person' as const },
    'by_person',
    disabledAt,
  ],
  ['whose receiver said that it is gone', { disabledAt, disabledReason: 'gone' as const }, 'gone', disabledAt],
  ['that failed for days', { failingSince, disabledAt, disabledReason: 'failing' as const }, 'failed', disabledAt],
])('an endpoint %s', (_, life, state, since) => {
  expect(endpointStanding({ createdAt, ...life })).toEqual({ state, since });
});
