import type { AuditedRows } from '#lib/db/audited-rows.ts';
import { type AuditedLog, auditLog, type LogTrust } from './audit-log.ts';
import { auditSession } from './audit-session.ts';
import type { Finding } from './finding.ts';

export type Audited = { sessions: number; events: number; log: AuditedLog; findings: number };

/**
 * Reads the whole installation and tells of every change that anybody has made to its evidence, the owner of the database included: what
 * the events say and commit to against the rows as they are, the events against the log, the log against its checkpoints, and these
 * against one that somebody else has kept, and the laws of the database against those that its migrations make. An erasure that was carried out as it must be is no finding.
 */
export async function auditInstallation(
  rows: AuditedRows,
  trust: LogTrust,
  onFinding: (finding: Finding) => void,
): Promise<Audited> {
  let findings = 0;
  const tell = (finding: Finding) => {
    findings += 1;
    onFinding(finding);
  };
  for (const law of await rows.alteredLaws(trust.isProduction !== true)) tell({ code: 'law_altered', table: law });
  const counted = { sessions: 0, events: 0 };
  for await (const session of rows.sessions()) {
    counted.sessions += 1;
    counted.events += session.events.length;
    for (const finding of auditSession(session, trust.keys)) tell(finding);
  }
  for await (const { kind, table, sessionId, place } of rows.strays())
    tell({ code: kind, table, ...(sessionId && { sessionId }), ...(place && { place }) });
  const log = await auditLog(rows, trust, tell);
  return { ...counted, log, findings };
}
