import type { AuditedCheckpoint } from '#lib/db/audited-rows.ts';
import { cosignatureIn, witnessName } from '#lib/evidence/log/cosignature.ts';
import { parseNote } from '#lib/evidence/log/signed-note.ts';
import type { VerifierKey } from '#lib/evidence/log/verifier-key.ts';
import type { Finding } from './finding.ts';

/** The lines of witnesses under a checkpoint: each says whose it is, and that of a known witness is true under its key. */
export async function cosignatureFindings(
  { size, note, cosignatures }: AuditedCheckpoint,
  witnesses: readonly VerifierKey[],
): Promise<Finding[]> {
  const reading = parseNote(note);
  // A note that cannot be read is told of as a part of the log.
  if (!reading.ok) return [];
  const findings: Finding[] = [];
  for (const { witness, line } of cosignatures) {
    const key = witnesses.find((known) => witnessName(known) === witness);
    const isRight = key ? await isTrue(line, reading.note.text, key) : signerOf(line, reading.note.text) === witness;
    const place = `size ${size} by ${witness}`;
    if (!isRight)
      findings.push({ code: 'cosignature_false', table: 'log_cosignatures', column: 'witness, line', place });
  }
  return findings;
}

async function isTrue(line: string, text: string, key: VerifierKey): Promise<boolean> {
  const found = await cosignatureIn(line, text, key);
  return found.ok && found.line === line;
}

/** Whose a line says that it is, when nobody here knows the witness's key any more. */
function signerOf(line: string, text: string): string | undefined {
  const reading = parseNote(Buffer.from(`${text}\n${line}`));
  const [signature, ...others] = reading.ok ? reading.note.signatures : [];
  return signature && others.length === 0 ? witnessName(signature) : undefined;
}
