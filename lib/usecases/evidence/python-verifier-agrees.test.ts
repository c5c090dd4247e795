import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxAnswers } from '#lib/domain/sandbox-answers.ts';
import { sandboxLenderRows } from '#lib/domain/sandbox-lender.ts';
import {
  acceptedSession,
  atReview,
  createdSession,
  deliverToRest,
  fullForm,
  maria,
  once,
  openedBy,
} from '#lib/testing/journey.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { needPythonAndOpenSsl, runPythonVerifier } from '#lib/testing/python-verifier.ts';
import { cancelSession } from '../merchant/cancel-session.ts';
import { readDossier } from '../merchant/read-dossier.ts';
import { acceptContract } from '../signer/accept-contract.ts';
import { declineContract } from '../signer/decline-contract.ts';
import { saveDetails } from '../signer/save-details.ts';
import { expireLapsed } from '../system/expire-lapsed.ts';

const folder = mkdtempSync(join(tmpdir(), 'aceite-agrees-'));
let portal: TestPortal;
let log: LogKeeper;
beforeAll(async () => {
  needPythonAndOpenSsl();
  portal = await startTestPortal({ lenderLimits: { firstByteMs: 300 }, stallMs: 60_000 });
  log = logKeeper(portal);
});
afterAll(async () => {
  await portal.end();
  rmSync(folder, { recursive: true, force: true });
});

type Finding = { state: string; verdict: string; complaints: string[] };

/** What the independent verifier says of the dossier that the portal hands out, to somebody who trusts this portal's keys. */
async function judged(sessionId: string): Promise<Finding> {
  const dossier = await readDossier(portal.ctx, portal.merchant, sessionId);
  if (!dossier.ok) throw new Error(dossier.code);
  const [path, trust] = [join(folder, 'dossier.zip'), join(folder, 'trust.json')];
  writeFileSync(path, dossier.bytes);
  const seal = [portal.ctx.keys.installationSeal().publicKey.toString('base64')];
  const strangers = { witnesses: [], witnessQuorum: 0, timeStampRoots: [], timeStampQuorum: 0 };
  writeFileSync(trust, JSON.stringify({ version: 1, seal, logs: [log.verifierKey], ...strangers }));
  const { out } = runPythonVerifier([path, '--trust', trust]);
  return {
    state: dossier.state,
    verdict: /^([A-Z_]+) \(exit code/m.exec(out)?.[1] ?? out,
    complaints: [...out.matchAll(/^\w+ +> (.*)$/gm)].map(([, reason = '']) => reason),
  };
}

/** The story after which a session rests, whoever signs it. */
async function restOf(identity: string | undefined): Promise<string> {
  const signerDetails = { ...maria, identity: identity ?? maria.identity };
  const { session } = await acceptedSession(portal, { signerDetails });
  await deliverToRest(portal, session.signingSessionId);
  return session.signingSessionId;
}

/** One of the rows that are an answer and nothing more stands for all of them: the dossier tells each alike. */
const rows = sandboxLenderRows.filter(({ behaviour }) => !sandboxAnswers.has(behaviour) || behaviour === 'hides_debt');

describe.each(rows)('after a lender that $behaviour', ({ cpf, endsAs }) => {
  test('the dossier holds together, before the log has its proof and after', async () => {
    const id = await restOf(cpf);
    expect(await judged(id)).toEqual(whole('interim'));
    await log.publish();
    expect(await judged(id)).toEqual(whole(endsAs === 'PAUSED' ? 'interim' : 'final'));
  });
});

test('details that the signer changed, and a contract with every kind of character, hold together', async () => {
  const text = 'CLÁUSULA 1ª\r\nR$ 4.800,00 “à vista” \u2028 😀\te\u0301\n';
  const { token, signingSessionId } = await createdSession(portal, {
    contract: { title: 'Cédula "nº 1"', text, language: 'pt-BR', version: '2' },
    summary: [{ label: 'CET', value: '29,9 % a.a.' }],
    metadata: { 'chave é': '😀', z: '1' },
  });
  const signer = await openedBy(portal.ctx, token, '200.10.20.30');
  await atReview(portal.ctx, signer);
  await saveDetails(portal.ctx, signer, { email: 'nova@exemplo.com.br', phone: '(21) 3123-4567' });
  const report = { displayCheck: 'match', viewport: '320x640' } as const;
  await acceptContract(portal.ctx, signer, { ...fullForm(await atReview(portal.ctx, signer)), ...report });
  await deliverToRest(portal, signingSessionId);
  await log.publish();
  expect(await judged(signingSessionId)).toEqual(whole('final'));
});

describe('without an acceptance', () => {
  test('a session that waits is interim', async () => {
    const { signingSessionId } = await createdSession(portal);
    expect(await judged(signingSessionId)).toEqual(whole('interim'));
  });

  test('a refusal with words, and what came after it, is final', async () => {
    const { signingSessionId, token } = await createdSession(portal);
    await declineContract(portal.ctx, await openedBy(portal.ctx, token), { reason: 'Não quero “isso”' });
    await openedBy(portal.ctx, token);
    await log.publish();
    expect(await judged(signingSessionId)).toEqual(whole('final'));
  });

  test('a cancelled session is final', async () => {
    const { signingSessionId: sessionId } = await createdSession(portal);
    await cancelSession(portal.ctx, portal.merchant, { sessionId, reason: 'Pedido desfeito' }, once());
    await log.publish();
    expect(await judged(sessionId)).toEqual(whole('final'));
  });

  test('a session whose time has run out is interim until that is recorded', async () => {
    const { signingSessionId } = await createdSession(portal);
    await portal.advanceClock(8 * 24 * 60 * 60 * 1000);
    expect(await judged(signingSessionId)).toEqual(whole('interim'));
    await expireLapsed(portal.ctx);
    await log.publish();
    expect(await judged(signingSessionId)).toEqual(whole('final'));
  });
});

/** Nothing to complain of. */
function whole(state: string): Finding {
  return { state, verdict: state === 'final' ? 'VALID' : 'VALID_INTERIM', complaints: [] };
}
