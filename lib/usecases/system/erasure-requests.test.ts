import { verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { erasureAnswerLines } from '#lib/copy/dashboard-erasure.ts';
import type { AnsweredClass, ErasureAnswer } from '#lib/domain/erasure-answer.ts';
import { contentHash, linkHash } from '#lib/evidence/event-chain.ts';
import { draftedSession, maria } from '#lib/testing/journey.ts';
import {
  addStaff,
  custodyWords,
  dayMs,
  declinedSession,
  isErased,
  signedSession,
  standAfterDate,
  toldWords,
  unreadSession,
} from '#lib/testing/keeping.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { liftHold, placeHold } from '../staff/hold-session.ts';
import { certifyDeletion } from './certify-deletion.ts';
import { answerErasureRequest, answerForgottenRequests, recordErasureRequest } from './erasure-requests.ts';
import { exportSubject } from './export-subject.ts';
import { keepAndErase } from './keep-and-erase.ts';
import { sessionKeeping, workspaceKeeping } from './keeping-status.ts';

let portal: TestPortal;
let workspaceId: string;
beforeAll(async () => {
  portal = await startTestPortal();
  workspaceId = portal.merchant.workspaceId;
  await addStaff(portal);
});
afterAll(() => portal.end());

const auditor = () => ({ userId: 'staff-1', workspaceId, role: 'auditor', request: requestFrom() }) as const;

async function ask(identity: string): Promise<{ requestId: string; answer: ErasureAnswer }> {
  const request = { identity, askedBy: 'data_subject', reference: '2026/117' } as const;
  const recorded = await recordErasureRequest(portal.ctx, { userId: 'staff-1', workspaceId }, request);
  if (!recorded.ok) throw new Error(recorded.code);
  const answer = await answerErasureRequest(portal.ctx, workspaceId, recorded.requestId);
  if (!answer) throw new Error('no answer');
  return { requestId: recorded.requestId, answer };
}

const told = (classes: readonly AnsweredClass[] | undefined) =>
  classes?.map((entry) => `${entry.class} ${entry.outcome} ${entry.because.at(-1)}`);

describe('a request for erasure', () => {
  test('is answered per session and class, and carried out for what nobody opened', async () => {
    const [signed, declined, unread] = [
      await signedSession(portal),
      await declinedSession(portal),
      await unreadSession(portal),
    ];
    const { requestId, answer } = await ask('111.444.777-35');
    const of = (id: string) => answer.sessions.find(({ signingSessionId }) => signingSessionId === id);
    expect(told(of(signed)?.classes)).toEqual(['E1 kept lender_answered']);
    expect(of(signed)?.classes[0]).toMatchObject({
      because: ['legal_duty', 'exercise_of_rights', 'contract', 'lender_answered'],
      keepUntil: expect.stringMatching(/^2031-/),
    });
    expect(told(of(declined)?.classes)).toEqual(['E2 kept last_connection', 'E4 kept last_connection']);
    expect(told(of(unread)?.classes)).toEqual(['E3 erased requested']);
    expect([await isErased(portal, signed), await isErased(portal, declined), await isErased(portal, unread)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(told(answer.always)).toEqual(['E5 nothing_held undefined', 'E7 nothing_held undefined']);
    // The note stands in the story of what stays, and who asks twice gets what was answered.
    const evidence = await readEvidence(portal.ctx, portal.merchant, signed);
    expect(evidence.ok && evidence.evidence.events.at(-1)).toMatchObject({
      type: 'erasure_requested',
      data: { request: requestId, outcome: 'kept', class: 'E1' },
    });
    expect(await answerErasureRequest(portal.ctx, workspaceId, requestId)).toEqual(answer);
    expect((await ask('11144477735')).answer.sessions.map(({ signingSessionId }) => signingSessionId)).toEqual([
      signed,
      declined,
    ]);
    const letter = erasureAnswerLines('pt-BR', answer, (instant) => instant.slice(0, 10)).join('\n');
    expect(letter).toMatch(/provas do contrato assinado: sob guarda até 2031-.*LGPD, art\. 16, I/);
    expect(letter).toMatch(/quem não abriu o link: eliminados; atendendo ao pedido/);
  });

  test('takes what is typed and not sent from an open session, and waits for its end', async () => {
    const { session } = await draftedSession(portal);
    const { answer } = await ask(maria.identity);
    const entry = answer.sessions.find(({ signingSessionId }) => signingSessionId === session.signingSessionId);
    expect(entry?.isDraftDeleted).toBe(true);
    expect(entry?.classes.map(({ keepUntil }) => keepUntil)).toEqual([undefined, undefined]);
    const drafts = await portal.asOwner('SELECT FROM drafts WHERE session_id = $1', [session.signingSessionId]);
    expect(drafts).toEqual([]);
  });

  test('under a document of nobody finds nothing, and in another workspace neither', async () => {
    expect((await ask('123.456.789-09')).answer.sessions).toEqual([]);
    const stranger = portal.stranger.workspaceId;
    const request = { identity: '111.444.777-35', askedBy: 'authority' } as const;
    const recorded = await recordErasureRequest(portal.ctx, { userId: 'staff-1', workspaceId: stranger }, request);
    if (!recorded.ok) throw new Error(recorded.code);
    expect((await answerErasureRequest(portal.ctx, stranger, recorded.requestId))?.sessions).toEqual([]);
    expect(await answerErasureRequest(portal.ctx, workspaceId, recorded.requestId)).toBeUndefined();
  });

  test('that a crash left unanswered is answered by the next run', async () => {
    const request = { identity: '111.444.777-35', askedBy: 'data_subject' } as const;
    const recorded = await recordErasureRequest(portal.ctx, { userId: 'staff-1', workspaceId }, request);
    if (!recorded.ok) throw new Error(recorded.code);
    expect((await workspaceKeeping(portal.ctx, workspaceId)).waiting).toMatchObject([{ dueAt: recorded.dueAt }]);
    expect(await answerForgottenRequests(portal.ctx)).toBe(1);
    expect((await workspaceKeeping(portal.ctx, workspaceId)).waiting).toEqual([]);
  });

  test.each([
    ['no document', { identity: '111.444.777-36', askedBy: 'data_subject' }, 'identity_invalid'],
    [
      'a name for a number',
      { identity: '11144477735', askedBy: 'merchant', reference: 'João S.' },
      'reference_invalid',
    ],
  ] as const)('is refused with %s', async (_, request, code) => {
    const refused = await recordErasureRequest(portal.ctx, { userId: 'staff-1', workspaceId }, request);
    expect(refused).toEqual({ ok: false, code });
  });

  test('cannot be changed or taken back, and its answer neither', async () => {
    for (const sql of [
      "UPDATE erasure_requests SET answer = '{}'",
      'DELETE FROM erasure_requests',
      'TRUNCATE erasure_requests',
    ])
      await expect(portal.asOwner(sql)).rejects.toThrow(/recorded, then answered|append-only|cannot truncate/);
  });
});

describe('a legal hold', () => {
  test('is placed and lifted with reasons that stand sealed in the story, and stops a request too', async () => {
    const id = await unreadSession(portal);
    const placed = await placeHold(portal.ctx, auditor(), id, 'Processo 0001234-56.2026.8.26.0100');
    if (!placed.ok) throw new Error(placed.code);
    const { answer } = await ask('11144477735');
    const entry = answer.sessions.find(({ signingSessionId }) => signingSessionId === id);
    expect(entry?.classes[0]).toMatchObject({
      outcome: 'kept',
      because: ['legal_hold', 'dispute_window', 'never_opened'],
    });
    const evidence = await readEvidence(portal.ctx, portal.merchant, id);
    expect(evidence.ok && evidence.evidence.keeping.legalHolds).toMatchObject({
      value: [{ by: 'staff-1', reason: 'Processo 0001234-56.2026.8.26.0100' }],
    });
    const which = { sessionId: id, holdId: placed.holdId };
    expect(await liftHold(portal.ctx, auditor(), which, 'Processo encerrado')).toEqual({
      ok: true,
      holdId: placed.holdId,
    });
    expect(await liftHold(portal.ctx, auditor(), which, 'de novo')).toMatchObject({ code: 'hold_not_found' });
    await ask('11144477735');
    expect(await isErased(portal, id)).toBe(true);
    expect(await placeHold(portal.ctx, auditor(), id, 'tarde demais')).toMatchObject({
      code: 'signing_session_not_found',
    });
  });

  test.each([
    ['viewer', 'motivo', 'forbidden'],
    ['operator', 'motivo', 'forbidden'],
    ['admin', '  ', 'reason_missing'],
    ['admin', 'x'.repeat(501), 'reason_too_long'],
  ] as const)('by %s for %j is refused', async (role, reason, code) => {
    const id = await declinedSession(portal);
    expect(await placeHold(portal.ctx, { ...auditor(), role }, id, reason)).toEqual({ ok: false, code });
    expect((await sessionKeeping(portal.ctx, workspaceId, id))?.holds).toEqual([]);
  });
});

describe('the export of what is held on a document', () => {
  const exporters = () => new Map([[workspaceId, { userId: 'staff-1', requestId: 'req_export' }]]);

  test('holds every word, is the same twice, and is written into the list of accesses', async () => {
    const [signed, declined] = [await signedSession(portal), await declinedSession(portal)];
    const [first, second] = [
      await exportSubject(portal.ctx, exporters(), '111.444.777-35'),
      await exportSubject(portal.ctx, exporters(), '11144477735'),
    ];
    if (!first.ok || !second.ok) throw new Error('not exported');
    expect(Buffer.from(first.bytes).equals(second.bytes)).toBe(true);
    const text = Buffer.from(first.bytes).toString('utf8');
    const ofCustody: string[] = Object.values(custodyWords);
    const words = Object.values(toldWords).filter((word) => !ofCustody.includes(word));
    for (const word of [...words, signed, declined, 'signature_received']) expect(text).toContain(word);
    for (const word of [maria.name, maria.identity, maria.email]) expect(text).not.toContain(word);
    const accesses = await portal.asOwner(`SELECT FROM staff_accesses WHERE session_id = $1 AND what = 'export'`, [
      signed,
    ]);
    expect(accesses.length).toBe(2);
  });

  test('of the details that were typed and of a draft too', async () => {
    await draftedSession(portal);
    const held = await exportSubject(portal.ctx, exporters(), maria.identity);
    const text = held.ok ? Buffer.from(held.bytes).toString('utf8') : '';
    for (const word of [maria.name, maria.email, maria.phone, '"draft":']) expect(text).toContain(word);
  });

  test('of nobody is empty, of another workspace too, and a wrong document is refused', async () => {
    expect(await exportSubject(portal.ctx, exporters(), '123.456.789-09')).toMatchObject({ ok: true, sessions: 0 });
    const elsewhere = new Map([[portal.stranger.workspaceId, { userId: 'staff-1', requestId: 'req_export' }]]);
    expect(await exportSubject(portal.ctx, elsewhere, '111.444.777-35')).toMatchObject({ ok: true, sessions: 0 });
    expect(await exportSubject(portal.ctx, exporters(), '1')).toEqual({ ok: false, code: 'identity_invalid' });
  });
});

describe('a deletion certificate', () => {
  test('is sealed, the same at any time, names nobody, and its event is checked with nothing else', async () => {
    const id = await declinedSession(portal);
    expect(await certifyDeletion(portal.ctx, workspaceId, id)).toBeUndefined();
    await standAfterDate(portal, id, dayMs);
    await keepAndErase(portal.ctx);
    const proof = await certifyDeletion(portal.ctx, workspaceId, id);
    if (!proof) throw new Error('no certificate');
    await portal.advanceClock(dayMs);
    expect((await certifyDeletion(portal.ctx, workspaceId, id))?.bytes).toEqual(proof.bytes);
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), proof.publicKey]);
    const key = { key: spki, format: 'der', type: 'spki' } as const;
    expect(verify(null, proof.bytes, key, proof.signature)).toBe(true);
    const said = JSON.parse(Buffer.from(proof.bytes).toString('utf8'));
    expect(said).toMatchObject({ format: 'aceite-deletion-1', class: 'E2', rule: 'term_over', status: 'FAILED' });
    const content = contentHash(Buffer.from(said.event.salt, 'hex'), {
      type: 'erased',
      actor: 'system',
      data: said.event.data,
    });
    const hash = linkHash({
      previous: Buffer.from(said.event.prevHash, 'hex'),
      content,
      sequence: said.event.sequence,
      occurredAt: said.erasedAt,
    });
    expect(Buffer.from(hash).toString('hex')).toBe(said.event.hash);
    for (const word of Object.values(toldWords)) expect(JSON.stringify(said)).not.toContain(word);
  });

  test('is for those who are of the workspace', async () => {
    const id = await declinedSession(portal);
    await standAfterDate(portal, id, dayMs);
    await keepAndErase(portal.ctx);
    expect(await certifyDeletion(portal.ctx, portal.stranger.workspaceId, id)).toBeUndefined();
  });
});
