import pg from 'pg';
import { expect, test } from 'vitest';
import { createLogger } from '#lib/http/log.ts';
import type { Program } from '#lib/program.ts';
import { work } from './worker.ts';

test('what the database quotes of its rows stays out of the log of the worker', async () => {
  const stop = new AbortController();
  const lines: string[] = [];
  const write = (line: string) => {
    lines.push(line);
    stop.abort();
  };
  const fault = new pg.DatabaseError('invalid input syntax: "529.982.247-25"', 0, 'error');
  Object.assign(fault, { severity: 'ERROR', code: '22P02' });
  const door = () => Promise.reject(fault);
  const log = createLogger({ logLevel: 'info' }, { write });
  // A worker asks for nothing else before the first answer of the database.
  await work({ log, db: { door }, timeStampAuthorities: [] } as unknown as Program, stop.signal);
  expect(lines.join('')).toContain('"code":"22P02"');
  expect(lines.join('')).not.toContain('529.982');
});

test('a sweep that fails keeps no other from its work', async () => {
  const stop = new AbortController();
  const asked = new Set<string>();
  const sweeps = ['find_lapsed_sessions', 'prune_idempotency_keys', 'prune_webhooks', 'prune_api_requests'];
  const door = ({ name }: { name: string }) => {
    asked.add(name);
    if (sweeps.every((one) => asked.has(one))) stop.abort();
    return Promise.reject(new Error('out of order'));
  };
  const log = createLogger({ logLevel: 'info' }, { write: () => undefined });
  await work({ log, db: { door }, timeStampAuthorities: [] } as unknown as Program, stop.signal);
  expect([...asked]).toEqual(expect.arrayContaining(sweeps));
});
