import { createHash, randomBytes } from 'node:crypto';
import { insertSession } from '#lib/db/new-session.ts';
import { moveToInProgress } from '#lib/db/session-moves.ts';
import { readSessionRow } from '#lib/db/sessions.ts';
import { displayForm } from '#lib/domain/contract-text.ts';
import type { KeptDetails } from '#lib/domain/signer-detail.ts';
import type { AcceptForm } from '#lib/schema/accept-form.ts';
import type { SignerActor } from '#lib/usecases/context.ts';
import { type ContractFacts, openSession } from '#lib/usecases/open-session.ts';
import { makeOffer } from '#lib/usecases/signer/offer.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { type BenchPortal, requestFacts } from './bench-portal.ts';
import { longContract } from './long-contract.ts';

/** What one press of the button brings. */
export type WaitingAct = { signer: SignerActor; form: AcceptForm };

/** Sessions per transaction while they are made, which is not timed. */
const batchSize = 50;
const dayMs = 86_400_000;

export const keptDetails: KeptDetails = {
  name: { value: 'Maria Exemplo da Silva', source: 'merchant' },
  email: { value: 'maria.exemplo@example.com', source: 'signer' },
  identity: { value: '52998224725', source: 'merchant' },
  phone: { value: '+5511912345678', source: 'signer' },
};

/** The id of the session with a number: scattered as random ids are, and computed alike by Postgres: `md5(number::text)::uuid`. */
export function sessionIdOf(number: number): string {
  const hex = createHash('md5').update(String(number)).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The debt of the session with a number; in Postgres `'bench-' || number`. */
export const debtKeyOf = (number: number): string => `bench-${number}`;

/** Writes sessions that wait for their acceptance: a sealed contract of 30 kB, all details, begun. */
export async function makeWaitingSessions(portal: BenchPortal, numbers: number[]): Promise<void> {
  const { ctx, merchant } = portal;
  const { workspaceId } = merchant;
  const contract = contractParts();
  for (let from = 0; from < numbers.length; from += batchSize) {
    const batch = numbers.slice(from, from + batchSize);
    await ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
      await Promise.all(
        batch.map(async (number) => {
          await insertSession(tx, newSession(portal, number, contract));
          await moveToInProgress(tx, workspaceId, sessionIdOf(number));
        }),
      );
    });
  }
}

/** What is sealed beside the contract's text. */
export function contractFacts(): ContractFacts {
  const { title, version } = longContract();
  return { title, version, summary: [{ label: 'Valor do crédito', value: 'R$ 4.800,00' }] };
}

function contractParts() {
  const { text, language } = longContract();
  const bytes = Buffer.from(text);
  return {
    bytes,
    facts: contractFacts(),
    language,
    sha256: sha256(bytes),
    sha3: createHash('sha3-256').update(bytes).digest(),
    displaySha256: sha256(displayForm(text)),
    characterCount: [...text].length,
  };
}

function newSession({ ctx, merchant }: BenchPortal, number: number, contract: ReturnType<typeof contractParts>) {
  const { workspaceId, apiKeyId } = merchant;
  const id = sessionIdOf(number);
  const { vault, wrapped } = ctx.keys.newSessionVault({ workspaceId, sessionId: id });
  return {
    id,
    workspaceId,
    apiKeyId,
    orderId: `order-${number}`,
    debtKey: debtKeyOf(number),
    language: 'pt-BR',
    expiresAt: new Date(Date.now() + 7 * dayMs),
    linkSha256: sha256(ctx.keys.linkToken(id, 1)),
    returnUrl: null,
    signingDeadline: null,
    finalDueDate: null,
    contractSha256: contract.sha256,
    contractBytes: contract.bytes.length,
    contractLanguage: contract.language,
    metadataSealed: null,
    ...wrapped,
    textSealed: vault.seal('contract_text', contract.bytes),
    factsSealed: vault.sealJson('contract_facts', contract.facts),
    sha3: contract.sha3,
    displaySha256: contract.displaySha256,
    characterCount: contract.characterCount,
    detailsSealed: vault.sealJson('details', keptDetails),
  };
}

/** The acts that accept those sessions: what the cookie and the form of each would say. */
export async function waitingActs({ ctx, merchant }: BenchPortal, numbers: number[]): Promise<WaitingAct[]> {
  const { workspaceId } = merchant;
  const [first] = numbers;
  if (first === undefined) return [];
  const row = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
    readSessionRow(tx, workspaceId, sessionIdOf(first)),
  );
  if (!row) throw new Error('a session to accept was not made');
  const session = openSession(ctx, row);
  return numbers.map((number) => {
    const sessionId = sessionIdOf(number);
    // All show the same contract, so the offers differ in the session and the number alone.
    const offer = makeOffer(ctx, { ...session, row: { ...row, id: sessionId } });
    const browserId = randomBytes(16).toString('hex');
    return {
      signer: { sessionId, workspaceId, linkIssue: 1, browserId, request: requestFacts },
      form: formWith(offer),
    };
  });
}

function formWith(offer: string): AcceptForm {
  const report = {
    displayCheck: 'match',
    viewport: '360x740',
    pixelRatio: '3',
    timeZone: 'America/Sao_Paulo',
  } as const;
  return { agreeContract: 'yes', agreeMethod: 'yes', offer, ...report };
}
