import { currentTexts } from '#lib/copy/consents.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { StatementKind } from '#lib/evidence/log-entry.ts';
import type { UseCaseContext } from '../context.ts';
import { sayOnce } from './say-once.ts';

type Said = { kind: StatementKind; content: Record<string, unknown> };

/**
 * Says in the public log what this installation is: which keys seal its dossiers, which build runs, which texts people are asked to agree
 * to. Whoever holds a later proof can then see that none of it was made up afterwards. Call it again and again: what has been said is not
 * said twice, and a key that was changed meanwhile is.
 */
export function introducer(ctx: Pick<UseCaseContext, 'db' | 'keys' | 'buildId' | 'software'>): () => Promise<void> {
  const said = new Set<string>();
  return async () => {
    for (const statement of statementsOf(ctx)) {
      const words = canonicalJson(statement);
      if (!said.has(words)) await sayOnce(ctx, statement);
      said.add(words);
    }
  };
}

function statementsOf({ keys, buildId, software }: Pick<UseCaseContext, 'keys' | 'buildId' | 'software'>): Said[] {
  return [
    ...keys
      .sealPublicKeys()
      .map((key): Said => ({ kind: 'seal_key', content: { algorithm: 'Ed25519', publicKey: key.toString('base64') } })),
    { kind: 'release', content: { build: buildId, ...software } },
    { kind: 'consent_texts', content: { texts: currentTexts() } },
  ];
}
