import type { SignerPageRow } from '#lib/db/sessions.ts';
import { type Objection, type Objector, objections, objectionsFrom } from '#lib/domain/objection.ts';
import { readableWords } from '#lib/domain/signer-reason.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { type ActResult, actOnSigned } from './act.ts';
import { objectorOf } from './own-session.ts';

/**
 * Keeps what is said against a signed contract, with or without a reason. The signature stays as it is. Once for each act and each side: said
 * again, it shows the confirmation of the first time, and whoever only holds the link cannot use up the word of whoever signed.
 */
export function objectToContract(
  ctx: UseCaseContext,
  signer: SignerActor,
  act: Objection,
  { reason }: { reason: string },
): Promise<ActResult> {
  return actOnSigned(ctx, signer, act, async (tx, session, row) => {
    const from = objectorOf(row, signer);
    if (objectionsFrom(from).includes(act) && !objectionReceivedAt(row, act, from)) {
      const type = objections[act].event;
      const words = readableWords(reason);
      const said = words === '' ? {} : { words };
      await recordEvent(tx, session, { type, actor: 'signer', request: signer.request, data: { from }, ...said });
    }
    return { kind: 'go', page: 'receipt' };
  });
}

/** When this side has said so; undefined while it has not. */
export function objectionReceivedAt(row: SignerPageRow, act: Objection, from: Objector): Date | undefined {
  const said = row.objections.find((one) => one.type === objections[act].event && one.from === from);
  return said && new Date(said.at);
}
