import { expect, test } from 'vitest';
import { createLogger, loggedFields } from './log.ts';

function logged(fields: Record<string, unknown>, message = 'said'): Record<string, unknown> {
  const lines: string[] = [];
  createLogger({ logLevel: 'info' }, { write: (line) => lines.push(line) }).info(fields, message);
  return JSON.parse(lines[0] ?? '');
}

test('the list of what a log line may carry is this, and a longer one is a decision', () => {
  expect(loggedFields).toMatchInlineSnapshot(`
    [
      "requestId",
      "method",
      "route",
      "status",
      "durationMs",
      "sessionId",
      "workspaceId",
      "deliveryStatus",
      "outcome",
      "reason",
      "attempt",
      "fence",
      "count",
      "port",
      "worker",
      "witness",
      "endpointId",
      "disabled",
      "alarm",
      "limit",
      "signal",
      "migration",
      "error",
    ]
  `);
});

test('drops every field that is not on the list', () => {
  const personal = {
    identity: '52998224725',
    email: 'm@e.com',
    token: 't',
    url: '/s/t',
    headers: {},
    body: 'b',
    ip: '8.8.8.8',
  };
  expect(Object.keys(logged({ ...personal, requestId: 'r' }))).toEqual(['level', 'time', 'requestId', 'message']);
});

test('whoever is asked to look is told at what: the endpoint that was switched off, the alarm, the limit that could not be asked', () => {
  const asked = { endpointId: '0196', disabled: 'gone', alarm: 'undelivered', limit: 'api_read' };
  expect(logged(asked)).toMatchObject(asked);
});

test('hides what is nested under an allowed name', () => {
  expect(logged({ reason: { identity: '52998224725' } })).toMatchObject({ reason: '[object]' });
});

test("keeps of the database's errors the state and the names, never the words that quote rows", () => {
  const error = Object.assign(new Error('duplicate key (identity)=(52998224725)'), {
    severity: 'ERROR',
    code: '23505',
    table: 'blind_indexes',
    constraint: 'blind_indexes_pkey',
    detail: 'Key (identity)=(52998224725) already exists.',
  });
  const line = logged({ error });
  expect(line.error).toMatchObject({ code: '23505', table: 'blind_indexes', constraint: 'blind_indexes_pkey' });
  expect(JSON.stringify(line)).not.toContain('52998224725');
});

test('keeps message and frames of a bug of ours', () => {
  expect(logged({ error: new TypeError('x is not a function') }).error).toMatchObject({
    name: 'TypeError',
    message: 'x is not a function',
    frames: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
  });
});
