import { decodeBase64 } from '#lib/evidence/log/base64.ts';
import { fieldsAgree, sha256Hex } from './compare.ts';
import { acceptedEvent, type Dossier } from './dossier.ts';
import { debtStates, readLenderReply } from './lender-reply.ts';
import type { AttemptRecord } from './records.ts';
import type { Finding } from './verdict.ts';

/** Whether evidence.json tells of the lender's answers what they say. `attempts` come oldest first. */
export function crossAnswer(dossier: Dossier, attempts: readonly AttemptRecord[]): Finding[] {
  const { evidence } = dossier;
  if (!evidence || !acceptedEvent(dossier)) return [];
  const reply = attempts.findLast((attempt) => attempt.reply)?.reply;
  const body = reply && decodeBase64(reply.bodyBase64);
  const said = body && readLenderReply(body);
  const states = debtStates(attempts);
  return fieldsAgree('delivery', evidence.delivery, {
    replySha256: body && sha256Hex(body),
    lenderStatus: said?.status,
    lenderKey: said?.key,
    lenderEventDatetime: said?.eventDatetime,
    laterDebtStates: states.length > 0 ? states : undefined,
  });
}
