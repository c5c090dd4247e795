import { randomBytes, randomUUID } from 'node:crypto';
import { parseIdentity } from '#lib/domain/identity.ts';
import { type SampleParties, sampleContract, sampleSummary } from '#lib/domain/sample-contract.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { Program } from '#lib/program.ts';
import { createSessionBody } from '#lib/schema/create-session.ts';
import { checked } from '#lib/schema/field-refusals.ts';
import type { MerchantActor } from '#lib/usecases/context.ts';
import { type CreateResult, createSession } from '#lib/usecases/merchant/create-session.ts';
import { newId } from '#lib/usecases/new-id.ts';
import type { WorkspaceView } from '#lib/usecases/system/workspace-view.ts';

/** An invented person with a public test number. */
export const sampleSigner = {
  name: 'Maria Exemplo da Silva',
  identity: '52998224725',
  email: 'maria.exemplo@example.com',
  phone: '+5511912345678',
} as const;

/** What differs from the sample. Values are as a person typed them; the API's own schema reads them. */
export type SessionWishes = {
  name?: string | undefined;
  identity?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  language?: string | undefined;
  orderId?: string | undefined;
  debtKey?: string | undefined;
  returnUrl?: string | undefined;
  expiresAt?: Date | undefined;
  /** Instead of the sample contract and its summary. */
  contract?: { title: string; text: string } | undefined;
};

/** In whose name a session is created: a workspace and a live key of it. */
export type SessionOwner = { workspace: WorkspaceView; apiKeyId: string; returnOrigins: readonly string[] };

/** Creates a session for the command line through the same schema and use case as the API. Order and debt are new each time. */
export async function newSession(program: Program, owner: SessionOwner, wishes: SessionWishes): Promise<CreateResult> {
  const parsed = checked(createSessionBody, bodyOf(owner.workspace, wishes));
  if (!parsed.ok) return { ok: false, code: 'validation_failed', errors: parsed.errors };
  let result: CreateResult | undefined;
  await createSession(program, merchantOf(owner), parsed.value, {
    fingerprint: new Uint8Array(),
    render: (outcome) => {
      result = outcome;
      return { status: 200, headers: {}, bytes: new Uint8Array() };
    },
  });
  if (!result) throw new Error('a session was settled without a result');
  return result;
}

function bodyOf(workspace: WorkspaceView, wishes: SessionWishes): unknown {
  const orderId = wishes.orderId ?? `PEDIDO-${randomBytes(4).toString('hex').toUpperCase()}`;
  const { name = sampleSigner.name, identity = sampleSigner.identity, email, phone, expiresAt } = wishes;
  const sample = () => ({
    contract: sampleContract(partiesOf(workspace, { signerName: name, identity, orderId })),
    summary: sampleSummary,
  });
  return withoutAbsent({
    orderId,
    debtKey: wishes.debtKey ?? randomUUID(),
    ...(wishes.contract ? { contract: wishes.contract } : sample()),
    signerDetails: withoutAbsent({ name, identity, email, phone }),
    language: wishes.language,
    returnUrl: wishes.returnUrl,
    expiresAt: expiresAt?.toISOString(),
  });
}

/** An identity that cannot be read is refused by the schema before anybody sees the text. */
function partiesOf(
  { merchantLegalName, lenderLegalName }: WorkspaceView,
  signer: Pick<SampleParties, 'signerName' | 'identity' | 'orderId'>,
): SampleParties {
  const parsed = parseIdentity(signer.identity);
  const identity = parsed.ok ? parsed.value.value : sampleSigner.identity;
  return { ...signer, identity, merchantLegalName, lenderLegalName };
}

/** No request stands behind it, and the session's story says so. */
function merchantOf({ workspace, apiKeyId, returnOrigins }: SessionOwner): MerchantActor {
  const here = 'aceite command line';
  return {
    workspaceId: workspace.workspaceId,
    apiKeyId,
    returnOrigins,
    request: {
      requestId: newId(new Date()),
      ipTrust: 'direct',
      isPublicAddress: false,
      socketPeer: here,
      userAgent: here,
    },
  };
}
