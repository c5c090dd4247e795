import type { AuditedCheckpoint, AuditedRows } from '#lib/db/audited-rows.ts';
import type { Checkpoint } from '#lib/evidence/log/checkpoint.ts';
import { parseNote, verifyNote } from '#lib/evidence/log/signed-note.ts';
import { parseVerifierKey, type VerifierKey } from '#lib/evidence/log/verifier-key.ts';
import { statementHash } from '#lib/evidence/log-entry.ts';
import { type Keyring, sha256 } from '#lib/vault/keyring.ts';
import { cosignatureFindings } from './check-cosignatures.ts';
import type { Finding } from './finding.ts';
import { replayLog, type WrongPart } from './replay-log.ts';
import { isBetween } from './report.ts';

/** What the log is held against. */
export type LogTrust = {
  keys: Keyring;
  /** Then nothing may move the clock. */
  isProduction?: boolean;
  /** A checkpoint that somebody else has kept. */
  published?: Checkpoint | undefined;
  /** The keys of the log (C2SP vkey) to believe; those that the log names itself when there are none. */
  verifierKeys: readonly VerifierKey[];
  /** The keys of the witnesses that are set (C2SP vkey of type 4). */
  witnesses: readonly VerifierKey[];
  /** Whether a trusted authority has stamped the digest, and when; without it, time stamps are not checked. */
  checkStamp?:
    | ((stamp: { response: Uint8Array; digest: Uint8Array }) => Promise<{ ok: true; time: Date } | { ok: false }>)
    | undefined;
};

export type AuditedLog = { size: number; checkpoints: number; stamps: number };

/** The entries against tiles, head and checkpoints; the checkpoints against their signatures, their stamps and one that was kept elsewhere; the statements. */
export async function auditLog(
  rows: AuditedRows,
  trust: LogTrust,
  tell: (finding: Finding) => void,
): Promise<AuditedLog> {
  const { size, wrong, history } = await replayLog(rows, trust.published);
  for (const part of wrong) tell(brokenPart(part));
  if (history && history !== 'contained')
    tell({ code: history, table: 'log_entries', place: `size ${trust.published?.size}` });
  const named = await auditStatements(rows, trust.keys, tell);
  const known = trust.verifierKeys.length > 0 ? trust.verifierKeys : named;
  const audited = { size, checkpoints: 0, stamps: 0 };
  let before = new Date(0);
  let isKept = !trust.published || trust.published.size === 0;
  for await (const checkpoint of rows.checkpoints()) {
    audited.checkpoints += 1;
    audited.stamps += checkpoint.stamps.length;
    isKept ||= checkpoint.size === trust.published?.size && checkpoint.root.equals(trust.published.root);
    for (const finding of await checkpointFindings(checkpoint, { known, before }, trust)) tell(finding);
    before = checkpoint.signed_at;
  }
  if (!isKept) tell({ code: 'checkpoint_missing', table: 'log_checkpoints', place: `size ${trust.published?.size}` });
  return audited;
}

function brokenPart(wrong: WrongPart): Finding {
  const code = 'log_broken';
  if (wrong.part === 'checkpoint')
    return { code, table: 'log_checkpoints', column: 'size, root, note', place: `size ${wrong.size}` };
  if (wrong.part === 'checkpoint beyond the last entry') return { code, table: 'log_checkpoints', column: 'size' };
  if (wrong.part === 'tiles') return { code, table: 'log_tiles' };
  return wrong.part === 'head' ? { code, table: 'log_head' } : { code, table: 'log_entries', column: 'index' };
}

/** Gives the keys by which the log says that it signs. */
async function auditStatements(
  rows: AuditedRows,
  keys: Keyring,
  tell: (finding: Finding) => void,
): Promise<VerifierKey[]> {
  const logKeys: VerifierKey[] = [];
  const seals = keys.sealPublicKeys().map((key) => key.toString('base64'));
  for (const { kind, content, hash } of await rows.statements()) {
    const isRight = hash.equals(statementHash({ kind, content }));
    const said = isRight ? (JSON.parse(content) as Record<string, unknown>) : {};
    const isOurs = kind !== 'seal_key' || seals.includes(String(said.publicKey));
    const place = `statement ${hash.toString('hex').slice(0, 16)}`;
    if (!isRight || !isOurs)
      tell({ code: 'statement_altered', table: 'log_statements', column: 'kind, content, hash', place });
    const reading = kind === 'log_key' ? parseVerifierKey(String(said.verifierKey)) : undefined;
    if (reading?.ok) logKeys.push(reading.key);
  }
  return logKeys;
}

async function checkpointFindings(
  checkpoint: AuditedCheckpoint,
  { known, before }: { known: readonly VerifierKey[]; before: Date },
  trust: LogTrust,
): Promise<Finding[]> {
  const where = { table: 'log_checkpoints', place: `size ${checkpoint.size}` };
  return [
    ...((await isSigned(checkpoint, known))
      ? []
      : [{ code: 'checkpoint_unsigned', column: 'note', ...where } as const]),
    ...(isSignedThen(checkpoint, before) ? [] : [{ code: 'value_altered', column: 'signed_at', ...where } as const]),
    ...(await stampFindings(checkpoint, trust)),
    ...(await cosignatureFindings(checkpoint, trust.witnesses)),
  ];
}

async function isSigned({ note }: AuditedCheckpoint, known: readonly VerifierKey[]): Promise<boolean> {
  const reading = parseNote(note);
  return reading.ok && (await verifyNote(reading.note, known)).ok;
}

/** After what it covers and after the checkpoint before it. */
function isSignedThen({ signed_at, last_event_at, now }: AuditedCheckpoint, before: Date): boolean {
  return isBetween(signed_at, before, now) && isBetween(signed_at, last_event_at ?? before, now);
}

async function stampFindings({ size, note, stamps }: AuditedCheckpoint, { checkStamp }: LogTrust): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { authority, response, stamped_at, is_known } of stamps) {
    const place = `size ${size} by ${authority}`;
    if (!is_known) findings.push({ code: 'stamp_false', table: 'log_time_stamps', column: 'authority', place });
    if (!checkStamp) continue;
    const verified = await checkStamp({ response, digest: sha256(note) });
    const isRight = verified.ok && verified.time.getTime() === stamped_at.getTime();
    if (!isRight)
      findings.push({ code: 'stamp_false', table: 'log_time_stamps', column: 'size, response, stamped_at', place });
  }
  return findings;
}
