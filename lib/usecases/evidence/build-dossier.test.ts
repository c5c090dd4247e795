import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Tx } from '#lib/db/database.ts';
import { insertCosignature } from '#lib/db/log-cosignatures.ts';
import { partHash } from '#lib/evidence/event-chain.ts';
import { cosign } from '#lib/evidence/log/cosignature.ts';
import { formatNote, parseNote } from '#lib/evidence/log/signed-note.ts';
import { signatureTypes, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';
import { acceptedSession, createdSession, deliverToRest, openedBy } from '#lib/testing/journey.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { newestCheckpoint } from '#lib/testing/newest-checkpoint.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { type Files, unzipped } from '#lib/testing/unzipped.ts';
import { readDossier } from '../merchant/read-dossier.ts';
import { workerScope } from '../no-workspace.ts';
import { declineContract } from '../signer/decline-contract.ts';
import { objectToContract } from '../signer/object-to-contract.ts';
import { openLink } from '../signer/open-link.ts';
import { trustFile } from '../system/trust-file.ts';

let portal: TestPortal;
let log: LogKeeper;
beforeAll(async () => {
  portal = await startTestPortal();
  log = logKeeper(portal);
});
afterAll(() => portal.end());

async function dossierOf(sessionId: string): Promise<{ bytes: Buffer; state: string; files: Files }> {
  const dossier = await readDossier(portal.ctx, portal.merchant, sessionId);
  if (!dossier.ok) throw new Error(dossier.code);
  const bytes = Buffer.from(dossier.bytes);
  return { bytes, state: dossier.state, files: unzipped(bytes) };
}

const jsonOf = (files: Files, name: string) => JSON.parse(files.get(name)?.toString() ?? 'null');
/** What a witness adds to a note, with its line feed. */
async function lateLine(note: Uint8Array): Promise<string> {
  const { publicKey, sign } = noteSigner(77);
  const key = verifierKey('late.example', signatureTypes.cosignature, publicKey);
  const reading = parseNote(note);
  if (!reading.ok) throw new Error('the checkpoint cannot be read');
  const { text } = reading.note;
  const cosigned = formatNote({ text, signatures: [await cosign(text, key, 1_800_000_000, sign)] });
  return Buffer.from(cosigned)
    .toString()
    .slice(text.length + 1);
}

const sha256Hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const eventsOf = (files: Files): Record<string, string & Record<string, Record<string, string>>>[] =>
  (files.get('events.jsonl')?.toString().trimEnd().split('\n') ?? []).map((line) => JSON.parse(line));

/** Where each part that an event commits to lies in a dossier. */
function fileOfPart(name: string): string {
  if (name === 'contract') return 'contract.txt';
  if (name === 'lender-request') return 'lender/request.json';
  if (name.startsWith('attempt-')) return `lender/attempts/${name.slice('attempt-'.length)}.json`;
  return `${name}.json`;
}

/** What the portal's login may write, if somebody else speaks as it. */
const forgedCheckpoint = {
  name: 'forge_checkpoint',
  text: 'INSERT INTO log_checkpoints (size, root, note) SELECT 1000000, root, $1 FROM log_head',
};
const certificateOnForged = {
  name: 'forge_certificate',
  text: `INSERT INTO certificates (session_id, workspace_id, through_hash, kind, checkpoint_size, pdf_sealed)
    SELECT session_id, workspace_id, hash, 'shared', 1000000, ''::bytea FROM events WHERE session_id = $1
    ORDER BY sequence DESC LIMIT 1 RETURNING kind`,
};

describe('the dossier of a signed and delivered session', () => {
  test('never changes once it is final, not by a witness or an authority that comes late', async () => {
    const { session } = await acceptedSession(portal);
    await deliverToRest(portal, session.signingSessionId);
    await log.publish();
    const final = await dossierOf(session.signingSessionId);
    expect(final.state).toBe('final');
    await portal.ctx.db.transaction(workerScope, async (tx) => {
      const { size, note } = (await newestCheckpoint(tx)) ?? { size: 0, note: Buffer.alloc(0) };
      await insertCosignature(tx, { size, witness: 'late.example', line: await lateLine(note) });
    });
    await portal.asOwner(
      `INSERT INTO log_time_stamps (size, authority, response, stamped_at)
       SELECT size, 'late', response, stamped_at FROM log_time_stamps ORDER BY size DESC LIMIT 1`,
      [],
      '',
    );
    expect((await dossierOf(session.signingSessionId)).bytes.equals(final.bytes)).toBe(true);
  });

  test('is interim until the log has its proof, and then final, with every file named in the sealed manifest', async () => {
    const { session } = await acceptedSession(portal);
    await deliverToRest(portal, session.signingSessionId);
    const early = await dossierOf(session.signingSessionId);
    expect(early.state).toBe('interim');
    expect(early.files.has('proofs/checkpoint')).toBe(false);
    expect(jsonOf(early.files, 'evidence.json').integrity.log).toEqual({
      status: 'not_captured',
      reason: 'waiting_for_log',
    });
    await log.publish();
    const { state, files } = await dossierOf(session.signingSessionId);
    expect(state).toBe('final');
    const manifest = jsonOf(files, 'manifest.json');
    expect(manifest).toMatchObject({ state: 'final', signingSessionId: session.signingSessionId });
    expect(manifest.files.map(({ name }: { name: string }) => name)).toEqual(
      [...files.keys()].filter((name) => !name.startsWith('manifest.')).sort(),
    );
    for (const { name, sha256, length } of manifest.files)
      expect([sha256Hex(files.get(name) ?? Buffer.alloc(0)), files.get(name)?.length], name).toEqual([sha256, length]);
    expect(files.get('proofs/checkpoint')?.toString()).toMatch(/^127\.0\.0\.1:3000\/log\n\d+\n/);
    expect(
      [...files.keys()].filter((name) => name.startsWith('proofs/') && /\d\.tlog/.test(name)).length,
    ).toBeGreaterThanOrEqual(6);
  });

  test('holds the very bytes of every part that its events commit to', async () => {
    const { session } = await acceptedSession(portal);
    await deliverToRest(portal, session.signingSessionId);
    await log.publish();
    const { files } = await dossierOf(session.signingSessionId);
    const commits = eventsOf(files).flatMap(({ salt, private: hidden }) =>
      Object.entries(hidden?.commits ?? {}).map(([name, hash]) => ({
        name,
        hash,
        salt: Buffer.from(String(salt), 'hex'),
      })),
    );
    expect(commits.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['session', 'contract', 'contract-facts', 'details-1', 'acceptance', 'lender-request']),
    );
    for (const { name, hash, salt } of commits) {
      const bytes = files.get(fileOfPart(name));
      expect(bytes && Buffer.from(partHash(salt, bytes)).toString('hex'), name).toBe(hash);
    }
  });

  test('is the same byte for byte, also after somebody has looked at the session again', async () => {
    const { session } = await acceptedSession(portal);
    await deliverToRest(portal, session.signingSessionId);
    await log.publish();
    const first = await dossierOf(session.signingSessionId);
    expect((await dossierOf(session.signingSessionId)).bytes.equals(first.bytes)).toBe(true);
    await openedBy(portal.ctx, session.token);
    await log.publish();
    expect((await dossierOf(session.signingSessionId)).bytes.equals(first.bytes)).toBe(true);
  });

  test('stays as it is when the signer withdraws after its end, and tells of it when they did so before', async () => {
    for (const isEarly of [true, false]) {
      const { session, signer } = await acceptedSession(portal);
      const withdraw = () => objectToContract(portal.ctx, signer, 'withdraw', { reason: 'Mudei de ideia' });
      if (isEarly) await withdraw();
      await deliverToRest(portal, session.signingSessionId);
      await log.publish();
      const first = await dossierOf(session.signingSessionId);
      expect(first.state).toBe('final');
      const told = eventsOf(first.files).filter(({ type }) => type === 'withdrawal_requested');
      expect(told.map(({ private: hidden }) => hidden?.words)).toEqual(isEarly ? ['Mudei de ideia'] : []);
      await withdraw();
      await log.publish();
      expect((await dossierOf(session.signingSessionId)).bytes.equals(first.bytes)).toBe(true);
    }
  });
});

describe('every verifier, with the trust file that the installation gives out,', () => {
  /** Verdict, and what was said of checks that are not ok. */
  async function verdictOn(sessionId: string): Promise<[string, string[]]> {
    const dossier = (await dossierOf(sessionId)).bytes;
    const trust = Buffer.from(JSON.stringify(await trustFile(portal.ctx)));
    const { verdict, checks } = await verifyDossier({ dossier, trust, verifyTimeStamp });
    return [verdict, checks.flatMap(({ id, result, detail }) => (detail ? [`${id} ${result}: ${detail}`] : []))];
  }

  test('takes the dossier of a signed session for valid so far, and for valid once it is delivered and proved', async () => {
    const { session } = await acceptedSession(portal);
    expect(await verdictOn(session.signingSessionId)).toEqual(['VALID_INTERIM', []]);
    await deliverToRest(portal, session.signingSessionId);
    await log.publish();
    expect(await verdictOn(session.signingSessionId)).toEqual(['VALID', []]);
  });

  test('finds it resting on a checkpoint of the log’s own key, though the row of a certificate names another', async () => {
    const { session } = await acceptedSession(portal);
    const id = session.signingSessionId;
    await deliverToRest(portal, id);
    const asPortal = { role: 'aceite_worker', workspaceId: portal.merchant.workspaceId } as const;
    await portal.ctx.db.transaction(asPortal, async (tx) => {
      await tx.rows(forgedCheckpoint, [Buffer.from('nobody has signed this '.repeat(10))]);
      expect(await tx.rows(certificateOnForged, [id])).toHaveLength(1);
    });
    await log.publish();
    expect(await verdictOn(id)).toEqual(['VALID', []]);
  });

  test('takes it for valid also when the signer withdrew and said that it was not them before the lender answered', async () => {
    const { session, signer } = await acceptedSession(portal);
    await objectToContract(portal.ctx, signer, 'withdraw', { reason: '' });
    await objectToContract(portal.ctx, signer, 'dispute', { reason: 'Não reconheço' });
    expect(await verdictOn(session.signingSessionId)).toEqual(['VALID_INTERIM', []]);
    await deliverToRest(portal, session.signingSessionId);
    await log.publish();
    expect(await verdictOn(session.signingSessionId)).toEqual(['VALID', []]);
  });

  test('finds nothing wrong with a dossier in whose midst the lender answered: it tells of one moment', async () => {
    const { session } = await acceptedSession(portal);
    const id = session.signingSessionId;
    let isTold = false;
    /** Delivers when the dossier has read its story and asks for its delivery. */
    const between = async (tx: Tx): Promise<Tx> => ({
      ...tx,
      row: async (statement, values) => {
        if (statement.name === 'read_delivery' && !isTold) {
          isTold = true;
          await deliverToRest(portal, id);
        }
        return tx.row(statement, values);
      },
    });
    const db: Database = {
      ...portal.ctx.db,
      transaction: (scope, work) => portal.ctx.db.transaction(scope, async (tx) => work(await between(tx))),
    };
    const dossier = await readDossier({ ...portal.ctx, db }, portal.merchant, id);
    if (!dossier.ok) throw new Error(dossier.code);
    const trust = Buffer.from(JSON.stringify(await trustFile(portal.ctx)));
    expect(await verifyDossier({ dossier: dossier.bytes, trust, verifyTimeStamp })).toMatchObject({
      verdict: 'VALID_INTERIM',
    });
    expect(isTold).toBe(true);
  });

  test('finds nothing wrong with evidence that is read while a session runs out', async () => {
    const { signingSessionId, token } = await createdSession(portal);
    await portal.advanceClock(8 * 24 * 3_600_000);
    const readers = Array.from({ length: 6 }, () => verdictOn(signingSessionId));
    const visit = openLink(portal.ctx, token, portal.merchant.request, () => undefined);
    const [verdicts] = await Promise.all([Promise.all(readers), visit]);
    expect(verdicts.map(([verdict]) => verdict)).toEqual(verdicts.map(() => 'VALID_INTERIM'));
  });

  test('takes the dossier of a declined session for valid, and of an open one for valid so far', async () => {
    const { signingSessionId, token } = await createdSession(portal);
    expect(await verdictOn(signingSessionId)).toEqual(['VALID_INTERIM', []]);
    const signer = await openedBy(portal.ctx, token);
    await log.publish();
    expect(await verdictOn(signingSessionId)).toEqual(['VALID_INTERIM', []]);
    await declineContract(portal.ctx, signer, { reason: 'Não quero' });
    expect(await verdictOn(signingSessionId)).toEqual(['VALID_INTERIM', []]);
    await log.publish();
    expect(await verdictOn(signingSessionId)).toEqual(['VALID', []]);
  });
});

describe('the dossier of any other session', () => {
  test('tells its story up to now while it is open, and up to its end once it is closed', async () => {
    const { signingSessionId, token } = await createdSession(portal);
    const open = await dossierOf(signingSessionId);
    expect([open.state, eventsOf(open.files).map(({ type }) => type)]).toEqual(['interim', ['created']]);
    const signer = await openedBy(portal.ctx, token);
    await declineContract(portal.ctx, signer, { reason: 'Não quero' });
    await openedBy(portal.ctx, token);
    await log.publish();
    const closed = await dossierOf(signingSessionId);
    expect(closed.state).toBe('final');
    expect(eventsOf(closed.files).map(({ type }) => type)).toEqual(['created', 'link_opened', 'declined']);
    for (const absent of ['acceptance.json', 'receipt.json', 'lender/request.json', 'consent/notice.txt'])
      expect(closed.files.has(absent), absent).toBe(false);
  });

  test('is nobody else’s to have', async () => {
    const { session } = await acceptedSession(portal);
    expect(await readDossier(portal.ctx, portal.stranger, session.signingSessionId)).toEqual({
      ok: false,
      code: 'signing_session_not_found',
    });
    expect(await readDossier(portal.ctx, portal.merchant, 'x')).toMatchObject({ ok: false });
  });
});
