import type { Tx } from '#lib/db/database.ts';
import { takeDetailsVersion } from '#lib/db/session-moves.ts';
import { deleteDraft, insertSignerDetails } from '#lib/db/signer-details.ts';
import {
  type DetailField,
  detailFields,
  detailsVersionsMax,
  isLockedDetail,
  type KeptDetails,
} from '#lib/domain/signer-detail.ts';
import { partBytes, partName } from '#lib/evidence/parts.ts';
import { checkDetails } from '#lib/schema/signer-details.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { indexDetails } from '../index-details.ts';
import type { OpenSession } from '../open-session.ts';
import { type ActResult, actOnSession } from './act.ts';
import { cutTyped, keepDraft } from './draft.ts';

export type TypedDetails = Partial<Record<DetailField, string>>;

/**
 * Takes what the signer typed. Anything wrong keeps all of it in the draft and shows the form again; otherwise a new version of the
 * details is written, with what was really typed beside the canonical value, as long as there are not too many. Details that the merchant
 * fixed are not looked at.
 */
export function saveDetails(ctx: UseCaseContext, signer: SignerActor, typed: TypedDetails): Promise<ActResult> {
  return actOnSession(ctx, signer, 'save_details', async (tx, session, row) => {
    if (row.status === 'PENDING') return { kind: 'go', page: 'read' };
    const asked = detailFields.filter((field) => !isLockedDetail(session.details, field));
    const wanted = Object.fromEntries(asked.map((field) => [field, typed[field] ?? '']));
    const checked = checkDetails(wanted);
    const changed = checked.ok ? changedIn(session, checked.values) : [];
    const errors = checked.ok ? tooOften(row, changed) : checked.errors;
    if (!checked.ok || Object.keys(errors).length > 0) {
      const cut = Object.fromEntries(Object.entries(wanted).map(([field, text]) => [field, cutTyped(text)]));
      await keepDraft(tx, session, { details: { typed: cut, errors } });
      return { kind: 'go', page: 'details' };
    }
    if (changed.length > 0)
      await writeNewVersion(ctx, tx, signer, session, { typed: wanted, values: checked.values, changed });
    await deleteDraft(tx, session.place);
    return { kind: 'go', page: 'review' };
  });
}

type Values = Partial<Record<DetailField, string>>;
type Checked = { typed: TypedDetails; values: Values; changed: readonly DetailField[] };

function changedIn(session: OpenSession, values: Values): DetailField[] {
  return detailFields.filter((field) => values[field] !== undefined && values[field] !== session.details[field]?.value);
}

/** Every version is kept as evidence, so there cannot be any number of them; what stands may always be signed. */
function tooOften({ details_version }: { details_version: number }, changed: readonly DetailField[]) {
  const errors: Partial<Record<DetailField, { code: string }>> = {};
  if (details_version < detailsVersionsMax) return errors;
  for (const field of changed) errors[field] = { code: 'changed_too_often' };
  return errors;
}

async function writeNewVersion(
  ctx: UseCaseContext,
  tx: Tx,
  signer: SignerActor,
  session: OpenSession,
  { typed, values, changed }: Checked,
) {
  const details: KeptDetails = { ...session.details };
  for (const field of changed) {
    const before = session.details[field]?.value;
    const written = typed[field];
    details[field] = {
      value: values[field] ?? '',
      source: 'signer',
      ...(written !== undefined && { typed: cutTyped(written) }),
      ...(before !== undefined && { replaces: before }),
    };
  }
  const version = await takeDetailsVersion(tx, signer.workspaceId, signer.sessionId);
  if (version === undefined) throw new Error('a locked, open session refused a new version of its details');
  await insertSignerDetails(tx, session.place, version, session.vault.sealJson('details', details));
  const given = Object.fromEntries(changed.map((field) => [field, values[field]]));
  await indexDetails(ctx, tx, session.place, given);
  const data = { version, changed: changed.join(' ') };
  const parts = { [partName.details(version)]: partBytes({ version, setBy: 'signer', details }) };
  await recordEvent(tx, session, { type: 'details_submitted', actor: 'signer', request: signer.request, data, parts });
}
