import type { CopyLanguage } from '#lib/copy/language.ts';
import { certificateModel } from '#lib/evidence/certificate/certificate-model.ts';
import { certificatePdf } from '#lib/evidence/certificate/certificate-pdf.ts';
import { sampleEvidence } from './sample-evidence.ts';

/** The versions in which a certificate is kept. */
export const certificateKinds = ['shared', 'court', 'document'] as const;

const sampleProof = {
  logOrigin: 'portal.exemplo/log',
  leafIndex: 48_211,
  treeSize: 48_230,
  rootHex: 'a3'.repeat(32),
  checkpointAt: '2026-11-20T17:05:01.000Z',
  timeStamps: [
    { authority: 'primeira', at: '2026-11-20T17:05:03.000Z' },
    { authority: 'segunda', at: '2026-11-20T17:05:04.000Z' },
  ],
  timeStampsPending: [],
  witnesses: [{ name: 'testemunha.exemplo', at: '2026-11-20T17:05:09.000Z' }],
};

export const sampleVerifyUrl = 'https://portal.exemplo/verify/7K3F-9QTM-XB2C';

/** The certificate of the invented session, final, or interim with a stamp pending; `document` has the contract before it. */
export function sampleCertificate(
  language: CopyLanguage,
  kind: (typeof certificateKinds)[number],
  state: 'final' | 'interim' = 'final',
): Promise<Uint8Array> {
  const { evidence, acceptance, contractText } = sampleEvidence(language);
  const [first] = sampleProof.timeStamps;
  const pending = { timeStamps: first ? [first] : [], timeStampsPending: ['segunda'] };
  const model = certificateModel({
    evidence,
    acceptance,
    proof: state === 'final' ? sampleProof : { ...sampleProof, ...pending },
    isForKeeping: state === 'final',
    custody: {
      until: '2026-11-20T17:05:00.000Z',
      counts: [
        { role: 'operator', act: 'opened', count: 3 },
        { role: 'auditor', act: 'exported', count: 1 },
        { role: 'signer', act: 'taken', count: 2 },
      ],
    },
    audience: kind === 'court' ? 'court' : 'shared',
    language,
    verifyUrl: sampleVerifyUrl,
    receiptCode: '7K3F-9QTM-XB2C',
    softwareVersion: 'aceite-0.1.0+4f2a91c',
  });
  const contract = { contractText, contractBytes: Buffer.from(contractText) };
  return certificatePdf(model, {
    createdAt: new Date('2026-11-20T17:06:00.000Z'),
    ...(kind === 'document' && contract),
  });
}
