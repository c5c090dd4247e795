import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { auditedRows } from '#lib/db/audited-rows.ts';
import { insertCosignature } from '#lib/db/log-cosignatures.ts';
import { type Checkpoint, formatCheckpoint } from '#lib/evidence/log/checkpoint.ts';
import { cosign } from '#lib/evidence/log/cosignature.ts';
import { readCheckpoint } from '#lib/evidence/log/read-checkpoint.ts';
import { formatNote } from '#lib/evidence/log/signed-note.ts';
import { verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { makeCertificates } from '#lib/usecases/evidence/make-certificate.ts';
import { workerScope } from '#lib/usecases/no-workspace.ts';
import { auditInstallation } from '#lib/usecases/system/audit/audit-installation.ts';
import type { LogTrust } from '#lib/usecases/system/audit/audit-log.ts';
import type { Finding } from '#lib/usecases/system/audit/finding.ts';
import { stampNext } from '#lib/usecases/system/stamp-checkpoints.ts';
import { type Column, dropLaws, listColumns } from './changed-rows.ts';
import { createdSession } from './journey.ts';
import { logKeeper } from './log-keeper.ts';
import { newestCheckpoint } from './newest-checkpoint.ts';
import { noteSigner } from './note-signer.ts';
import { startTestPortal, type TestPortal } from './portal.ts';
import { type SandboxStamps, startSandboxStamps } from './sandbox-stamps.ts';
import { rememberingStamps } from './valid-mutations.ts';
import { liveWholeLives } from './whole-lives.ts';

export type AuditedPortal = {
  portal: TestPortal;
  /** The owner of all tables, in a transaction without any of their laws. */
  owner: pg.Client;
  columns: Column[];
  /** What an audit finds now; against a checkpoint of the middle of the history unless told otherwise. */
  findings(given?: Partial<LogTrust>): Promise<Finding[]>;
  /** Does what the owner would do, looks for it, and takes it back. */
  after(work: () => Promise<unknown>, given?: Partial<LogTrust>): Promise<Finding[]>;
  trust: LogTrust;
};

/** A portal whose sessions have lived every kind of life, with a published and stamped log, some of which is still to come. For one test file. */
export function auditedPortal(): AuditedPortal {
  const place = {} as AuditedPortal;
  let stamps: SandboxStamps;
  beforeAll(async () => {
    let portal: TestPortal;
    [portal, stamps] = await Promise.all([startTestPortal(), startSandboxStamps(['first', 'second'])]);
    const publish = publisher(portal, stamps);
    await liveWholeLives(portal);
    const published = await publish();
    await createdSession(portal);
    await publish();
    await createdSession(portal);
    const owner = new pg.Client({ connectionString: portal.ownerUrl });
    await owner.connect();
    const verifyTimeStamp = rememberingStamps();
    const roots = [stamps.roots];
    const checkStamp: LogTrust['checkStamp'] = ({ response, digest }) => verifyTimeStamp({ response, digest, roots });
    const trust = { keys: portal.ctx.keys, verifierKeys: [], witnesses: [witness], checkStamp, published };
    Object.assign(place, { portal, owner, trust, columns: await listColumns(owner) });
    await owner.query('BEGIN');
    await dropLaws(owner);
  }, 120_000);
  afterAll(async () => {
    await place.owner.end();
    await Promise.all([place.portal.end(), stamps.end()]);
  });
  place.findings = async (given) => {
    const found: Finding[] = [];
    const rows = await auditedRows(place.owner);
    // Here the laws rest, so that everything else may be tried: whatever was found of them would be left out.
    const withoutLaws = { ...rows, alteredLaws: async () => [] };
    await auditInstallation(withoutLaws, { ...place.trust, ...given }, (one) => found.push(one));
    return found;
  };
  place.after = async (work, given) => {
    await place.owner.query('SAVEPOINT before');
    try {
      await work();
      return await place.findings(given);
    } finally {
      await place.owner.query('ROLLBACK TO before');
    }
  };
  return place;
}

const { publicKey, sign } = noteSigner(77);
const witness = verifierKey('witness.example.com', 4, publicKey);

/** What the worker keeps of a witness's answer. */
async function cosigned({ origin, size, root }: Checkpoint) {
  const text = formatCheckpoint({ origin, size, root });
  const signature = await cosign(text, witness, Math.floor(Date.now() / 1000), sign);
  const note = Buffer.from(formatNote({ text, signatures: [signature] })).toString('utf8');
  return { size, witness: `${witness.name}+${witness.keyId}`, line: note.slice(text.length + 1) };
}

/** Publishes all that waits, has it stamped and cosigned, and gives the checkpoint as a stranger would keep it. */
function publisher(portal: TestPortal, { authorities }: SandboxStamps): () => Promise<Checkpoint> {
  const keeper = logKeeper(portal);
  const ctx = { ...portal.ctx, timeStampAuthorities: authorities };
  return async () => {
    await keeper.publish();
    for (const authority of authorities) while (await stampNext(ctx, authority));
    while ((await makeCertificates(ctx)) > 0);
    const kept = await ctx.db.transaction(workerScope, newestCheckpoint);
    const checkpoint = kept && readCheckpoint(kept.note);
    if (!checkpoint) throw new Error('nothing was published');
    await ctx.db.transaction(workerScope, async (tx) => insertCosignature(tx, await cosigned(checkpoint)));
    return checkpoint;
  };
}
