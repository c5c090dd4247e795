import { type APIRequestContext, expect } from '@playwright/test';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import type { SessionView } from '#lib/schema/session.ts';
import { AceiteClient, AceiteError, type CreateSession } from '#lib/testing/aceite-client.ts';
import type { PortalInfo } from './portal-info.ts';

export const contractText = `CONTRATO DE CRÉDITO

CLÁUSULA PRIMEIRA – DO OBJETO
O credor empresta ao cliente R$ 4.800,00, a pagar em 12 parcelas de R$ 470,53.

CLÁUSULA SEGUNDA – DO PRAZO
A primeira parcela vence em 10/01/2027.
`;

export type OpenSession = SessionView & { redirectUrl: string };
type Changes = Record<string, unknown>;
type LenderRecord = { status: string; received: { method: string; bodyBase64: string; verdict: string }[] };

/** The merchant's back end: it knows the API and its key, nothing else, and calls it by the client that we give away. */
export class Merchant {
  readonly portal: PortalInfo;
  /** For what the client does not do on purpose: calls that are wrong, and addresses that are not the API's. */
  readonly api: APIRequestContext;
  readonly #client: AceiteClient;

  constructor(portal: PortalInfo, api: APIRequestContext) {
    this.portal = portal;
    this.api = api;
    this.#client = new AceiteClient({ baseUrl: portal.apiUrl, apiKey: portal.apiKey });
  }

  /** Creates a session with everything but what `changes` says; the order and debt are new each time. */
  async createsSession(changes: Changes = {}): Promise<OpenSession> {
    // What a test changes may be wrong on purpose, and is then refused with a sentence that says so.
    const session = await this.#client.createSigningSession(this.body(changes) as CreateSession);
    if (session.status !== 'PENDING') throw new Error(`a new session is ${session.status}`);
    return session as OpenSession;
  }

  body(changes: Changes = {}): Changes {
    const unique = crypto.randomUUID();
    return {
      orderId: `pedido-${unique.slice(0, 8)}`,
      debtKey: unique,
      contract: { title: 'Contrato de crédito', text: contractText },
      ...changes,
    };
  }

  /** Asks for a session with something wrong in it; answers the id of the request, by which the inspector finds it. */
  async isRefused(changes: Changes): Promise<string> {
    const answer = await this.api.post(`${this.portal.apiUrl}/signing`, { data: this.body(changes) });
    expect(answer.status()).toBe(422);
    return answer.headers()['x-request-id'] ?? '';
  }

  async reads(id: string): Promise<SessionView> {
    return this.#client.readSigningSession(id);
  }

  async readsEvidence(id: string): Promise<EvidenceView> {
    return (await this.#client.readEvidence(id)) as EvidenceView;
  }

  async cancels(id: string, reason?: string): Promise<number> {
    try {
      await this.#client.cancelSigningSession(id, reason === undefined ? undefined : { reason });
      return 200;
    } catch (error) {
      if (error instanceof AceiteError) return error.status;
      throw error;
    }
  }

  /** Asks until the delivery has the status; the message names the last one seen. */
  async waitsForDelivery(id: string, status: string): Promise<void> {
    const seen = async () => {
      const session = await this.reads(id);
      return session.status === 'COMPLETED' ? session.delivery.status : session.status;
    };
    await expect.poll(seen, { timeout: 30_000 }).toBe(status);
  }

  /** What the sandbox lender has received for a debt, byte for byte. */
  async lenderRecordOf(debtKey: string): Promise<LenderRecord> {
    return (await this.api.get(`${this.portal.lenderUrl}/sandbox/debts/${debtKey}`)).json();
  }

  /** The one signature that the lender has for a debt, once it has arrived. */
  async waitsForSignature({ signingSessionId, debtKey }: SessionView): Promise<Buffer> {
    await this.waitsForDelivery(signingSessionId, 'DELIVERED');
    const { received } = await this.lenderRecordOf(debtKey);
    const [signature, ...others] = received.filter(({ method }) => method === 'POST');
    expect(others, 'the lender should have been sent the signature once').toEqual([]);
    return Buffer.from(signature?.bodyBase64 ?? '', 'base64');
  }
}
