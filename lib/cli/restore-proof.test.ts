import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { takeBackup } from '#lib/db/backup.ts';
import { openDatabase } from '#lib/db/database.ts';
import { changeRows, forgeBackup } from '#lib/testing/backup-file.ts';
import { aceite } from '#lib/testing/command-line.ts';
import {
  acceptedSession,
  atReview,
  createdSession,
  deliverToRest,
  draftedSession,
  fullForm,
  openedBy,
} from '#lib/testing/journey.ts';
import { sealOf, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { type Restored, restorePlace } from '#lib/testing/restore-place.ts';
import { readEvidence } from '#lib/usecases/merchant/read-evidence.ts';
import { readSession } from '#lib/usecases/merchant/read-session.ts';
import { acceptContract } from '#lib/usecases/signer/accept-contract.ts';
import { deliverNext } from '#lib/usecases/system/deliver-acceptance.ts';
import { writeNewKeyFile } from '#lib/vault/key-file.ts';

let portal: TestPortal;
const place = restorePlace();
let accepted: string;
let waiting: Awaited<ReturnType<typeof createdSession>>;

beforeAll(async () => {
  portal = await startTestPortal();
  accepted = (await acceptedSession(portal)).session.signingSessionId;
  await deliverToRest(portal, accepted);
  await draftedSession(portal);
  waiting = await createdSession(portal);
  await takeBackup({ ownerUrl: portal.ownerUrl, path: place.at('whole'), takenAt: new Date(), sign: sealOf(portal) });
});
afterAll(() => portal.end());
beforeEach(() => void vi.stubEnv('ACEITE_KEYS_FILE', portal.keysFile));

const restored = (path = place.at('whole')) => place.restored(path);

/** Restores a backup that somebody who knows the format has changed, and gives what the restored database says of itself. */
async function faultsAfter(change: (lines: string[]) => string[]): Promise<Restored> {
  const path = place.at('forged');
  forgeBackup(place.at('whole'), path, change, { sign: sealOf(portal) });
  return restored(path);
}

test('an honest backup with its keys proves itself', async () => {
  expect(await restored()).toMatchObject({ code: 0, faults: [] });
});

test('a backup that is taken while people sign holds one instant, which proves itself', async () => {
  const path = place.at('busy');
  let isTaken = false;
  const write = async () => {
    do await acceptedSession(portal);
    while (!isTaken);
  };
  let writing: Promise<void> | undefined;
  const backup = await takeBackup({
    ownerUrl: portal.ownerUrl,
    path,
    takenAt: new Date(),
    sign: sealOf(portal),
    onProgress: () => {
      writing ??= write();
    },
  });
  isTaken = true;
  await writing;
  const { faults, tables } = await restored(path);
  expect(faults).toEqual([]);
  const rows = Object.fromEntries(tables.map((sum) => [sum.table, sum.rows]));
  expect(rows).toMatchObject({ signing_sessions: 3, acceptances: 1, deliveries: 1 });
  expect(backup.tables).toEqual(tables);
});

test('a restored portal goes on where the other stopped: it reads, the next signer signs, and it is delivered', async () => {
  expect(await restored()).toMatchObject({ code: 0 });
  const db = openDatabase({ url: place.target.url, connectionsMax: 4, mode: 'sandbox', onIdleError: () => undefined });
  try {
    const ctx = { ...portal.ctx, db };
    for (const read of [readSession, readEvidence]) {
      const [there, here] = [
        await read(portal.ctx, portal.merchant, accepted),
        await read(ctx, portal.merchant, accepted),
      ];
      expect(withoutSignatures(here)).toEqual(withoutSignatures(there));
    }
    const signer = await openedBy(ctx, waiting.token);
    const result = await acceptContract(ctx, signer, fullForm(await atReview(ctx, signer)));
    expect(result).toMatchObject({ page: 'receipt' });
    expect(await deliverNext(ctx)).toBeDefined();
    const session = await readSession(ctx, portal.merchant, waiting.signingSessionId);
    expect(session).toMatchObject({ session: { status: 'COMPLETED', delivery: { status: 'DELIVERED' } } });
  } finally {
    await db.end();
  }
});

/** Links carry the instant at which they were made. */
function withoutSignatures(view: unknown): unknown {
  // Reading the evidence is an access, which the evidence tells of.
  const ofReading = { firstAt: 'when it was read', lastAt: 'when it was read' };
  return JSON.parse(
    JSON.stringify(view, (key, value) => {
      if (/Url$/.test(key)) return 'a link';
      return value?.what === 'evidence' ? { ...value, ...ofReading } : value;
    }),
  );
}

describe('a key file that does not belong to the backup is noticed:', () => {
  const keysAt = (name: string) => {
    const path = place.at(name);
    vi.stubEnv('ACEITE_KEYS_FILE', path);
    return path;
  };

  test('none', async () => {
    const path = keysAt('none.json');
    const result = await aceite('restore', place.at('whole'));
    expect(result).toMatchObject({ code: 1, out: expect.stringMatching(/^Restored the backup of/m) });
    expect(result.err).toMatch(/The rows are restored, but: The key file .*none\.json does not open/);
    expect(result.err).toContain(path);
  });

  test("another portal's", async () => {
    writeNewKeyFile(keysAt('other.json'));
    const { code, faults } = await restored();
    expect({ code, faults }).toMatchObject({
      code: 1,
      faults: [{ code: 'keys_missing', message: expect.stringMatching(/its wrapping keys k1 are others/) }],
    });
  });

  test('one that lacks the key', async () => {
    const keys = JSON.parse(readFileSync(portal.keysFile, 'utf8'));
    const later = { ...keys, currentWrappingKeyId: 'k2', wrappingKeys: { k2: keys.wrappingKeys.k1 } };
    writeFileSync(keysAt('later.json'), JSON.stringify(later));
    const { faults } = await restored();
    expect(faults).toMatchObject([
      { code: 'keys_missing', message: expect.stringMatching(/lacks the wrapping keys k1/) },
    ]);
  });
});

describe('a changed story is found, though every sum fits:', () => {
  test.each([
    ['what an event is hashed from', 'content_hash', `\\x${'ab'.repeat(32)}`],
    ['what it follows', 'prev_hash', `\\x${'ab'.repeat(32)}`],
    ['its instant', 'occurred_at', '2020-01-01 00:00:00+00'],
    ['its number', 'sequence', '77'],
  ])('%s', async (_what, column, value) => {
    const { code, faults } = await faultsAfter(
      changeRows('events', (row, place) => {
        if (place === 1) row[column] = value;
      }),
    );
    expect(code).toBe(1);
    expect(faults).toContainEqual({
      code: 'chain_broken',
      message: expect.stringMatching(/^The events of 1 sessions/),
    });
  });

  test('an event that is missing', async () => {
    const { faults } = await faultsAfter((lines) => {
      const heading = lines.findIndex((line) => line.startsWith('{"table":"events"'));
      return lines.toSpliced(heading + 1, 1);
    });
    expect(faults).toMatchObject([{ code: 'chain_broken' }, { code: 'record_missing' }, { code: 'dossier_broken' }]);
  });

  test('an event that the log was never to learn of', async () => {
    const { faults } = await faultsAfter((lines) => {
      const heading = lines.findIndex((line) => line.startsWith('{"table":"log_queue"'));
      return lines.toSpliced(heading + 1, 1);
    });
    expect(faults).toMatchObject([{ code: 'event_not_logged', message: expect.stringMatching(/^1 events/) }]);
  });
});

describe('who wrote the backup is asked:', () => {
  /** Somebody without the seal puts an API key of their own beside the merchant's. */
  const addApiKey = (lines: string[]) => {
    const heading = lines.findIndex((line) => line.startsWith('{"table":"api_keys"'));
    const { columns }: { columns: string[] } = JSON.parse(lines[heading] ?? '');
    const row: (string | null)[] = JSON.parse(lines[heading + 1] ?? '');
    row[columns.indexOf('id')] = '00000000-0000-7000-8000-000000000000';
    row[columns.indexOf('key_sha256')] = `\\x${'ab'.repeat(32)}`;
    return lines.toSpliced(heading + 1, 0, JSON.stringify(row));
  };

  test('a key that was put into the file by somebody without the seal is told of, though every sum fits', async () => {
    forgeBackup(place.at('whole'), place.at('forged'), addApiKey);
    const { code, faults } = await restored(place.at('forged'));
    expect({ code, faults }).toMatchObject({
      code: 1,
      faults: [{ code: 'backup_not_sealed', message: expect.stringMatching(/api-key list/) }],
    });
  });

  test('a backup of before the seal was changed still counts', async () => {
    const former = { ...JSON.parse(readFileSync(portal.keysFile, 'utf8')) };
    writeFileSync(place.at('rotated.json'), JSON.stringify(former), { mode: 0o600 });
    vi.stubEnv('ACEITE_KEYS_FILE', place.at('rotated.json'));
    expect(await aceite('keys', 'rotate', 'seal')).toMatchObject({ code: 0 });
    expect(await restored()).toMatchObject({ code: 0, faults: [] });
  });

  test('without a key file nobody can tell, not even where no session is', async () => {
    vi.stubEnv('ACEITE_KEYS_FILE', place.at('none.json'));
    const empty = await startTestPortal();
    try {
      await takeBackup({ ownerUrl: empty.ownerUrl, path: place.at('empty'), takenAt: new Date(), sign: sealOf(empty) });
    } finally {
      await empty.end();
    }
    expect((await restored(place.at('empty'))).faults).toMatchObject([{ code: 'keys_missing' }]);
  });
});

describe('the dossier of every session', () => {
  test('is made, and one that cannot be is found, though every sum fits', async () => {
    const { code, faults } = await faultsAfter(
      changeRows('contracts', (row, index) => {
        if (index === 0) row.text_sealed = row.text_sealed?.replace(/.$/, (last) => (last === '0' ? '1' : '0')) ?? null;
      }),
    );
    expect({ code, faults }).toMatchObject({
      code: 1,
      faults: [{ code: 'dossier_broken', message: expect.stringMatching(/^The dossiers of 1 of \d+ sessions/) }],
    });
  });

  test('is verified: what an event says is held against the hash that it had when it happened', async () => {
    const { code, faults } = await faultsAfter(
      changeRows('events', (row) => {
        if (row.type === 'accepted') row.data = row.data?.replace('"detailsVersion": 1', '"detailsVersion": 2') ?? null;
      }),
    );
    expect({ code, faults }).toMatchObject({
      code: 1,
      faults: [{ code: 'dossier_broken', message: expect.stringMatching(/TAMPERED, chain: .*hash of what it says/) }],
    });
  });

  test('can be left out', async () => {
    const said = await aceite('restore', place.at('whole'), '--skip-dossiers');
    expect(said).toMatchObject({ code: 0, err: expect.not.stringContaining('the dossiers') });
  });
});
