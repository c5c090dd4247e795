import { type APIRequestContext, test as base, expect, type Page, request } from '@playwright/test';
import type { SessionView } from '#lib/schema/session.ts';
import { type PortalInfo, portalInfo } from './portal-info.ts';

/** An invented person with a public test number. */
export const maria = {
  name: 'Maria Exemplo da Silva',
  email: 'maria@exemplo.com.br',
  identity: '529.982.247-25',
  phone: '(11) 91234-5678',
} as const;

export const contractText = `CONTRATO DE CRÉDITO

CLÁUSULA PRIMEIRA – DO OBJETO
O credor empresta ao cliente R$ 4.800,00, a pagar em 12 parcelas de R$ 470,53.

CLÁUSULA SEGUNDA – DO PRAZO
A primeira parcela vence em 10/01/2027.
`;

export type OpenSession = SessionView & { redirectUrl: string };
type Changes = Record<string, unknown>;

/** The merchant's back end: it knows the API and its key, nothing else. */
export class Merchant {
  readonly portal: PortalInfo;
  readonly api: APIRequestContext;

  constructor(portal: PortalInfo, api: APIRequestContext) {
    this.portal = portal;
    this.api = api;
  }

  /** Creates a session with everything but what `changes` says; the order and debt are new each time. */
  async createsSession(changes: Changes = {}): Promise<OpenSession> {
    const answer = await this.api.post(`${this.portal.apiUrl}/signing`, { data: this.body(changes) });
    expect(answer.status(), await answer.text()).toBe(201);
    return answer.json();
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

  async reads(id: string): Promise<SessionView> {
    return (await this.api.get(`${this.portal.apiUrl}/signing/${id}`)).json();
  }

  async cancels(id: string, reason?: string): Promise<number> {
    const data = reason === undefined ? {} : { data: { reason } };
    return (await this.api.delete(`${this.portal.apiUrl}/signing/${id}`, data)).status();
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
  async lenderRecordOf(
    debtKey: string,
  ): Promise<{ status: string; received: { method: string; bodyBase64: string; verdict: string }[] }> {
    return (await this.api.get(`${this.portal.lenderUrl}/sandbox/debts/${debtKey}`)).json();
  }
}

/** A person with a phone in the hand; finds everything by what stands on the page. */
export class Signer {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async opens(session: OpenSession): Promise<void> {
    await this.page.goto(session.redirectUrl);
  }

  async begins(): Promise<void> {
    await this.page.getByRole('button', { name: /Continuar para assinar|Continue to sign/ }).click();
  }

  async givesDetails(details: Partial<typeof maria> = maria): Promise<void> {
    const labels = {
      name: /nome completo|full name/i,
      email: /e-mail/i,
      identity: /CPF/i,
      phone: /telefone|celular|phone/i,
    };
    for (const [field, value] of Object.entries(details)) {
      const box = this.page.getByRole('textbox', { name: labels[field as keyof typeof labels] });
      if (await box.isVisible()) await box.fill(value);
    }
    await this.page.getByRole('button', { name: /^(Continuar|Continue)$/ }).click();
  }

  async agrees(): Promise<void> {
    for (const box of await this.page.getByRole('checkbox').all()) await box.check();
  }

  async signs(): Promise<void> {
    await this.page.getByRole('button', { name: /Assinar contrato|Sign contract/ }).click();
  }

  /** The whole journey, from the link to the receipt. */
  async accepts(session: OpenSession): Promise<void> {
    await this.opens(session);
    await this.begins();
    await this.givesDetails();
    await this.agrees();
    await this.signs();
    await expect(this.page).toHaveURL(/\/receipt$/);
  }
}

type People = { portal: PortalInfo; merchant: Merchant; signer: Signer };

export const test = base.extend<People>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
  portal: async ({}, use) => use(portalInfo.read()),
  merchant: async ({ portal }, use) => {
    const api = await request.newContext({ extraHTTPHeaders: { 'X-API-Key': portal.apiKey } });
    await use(new Merchant(portal, api));
    await api.dispose();
  },
  signer: async ({ page }, use) => use(new Signer(page)),
});

export { expect };
