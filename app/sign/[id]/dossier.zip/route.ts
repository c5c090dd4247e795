import { dossierAnswer } from '#lib/http/download-answer.ts';
import { readOwnDossier } from '#lib/usecases/signer/read-own-dossier.ts';
import { signerFile } from '../signer-file.ts';

/** All that proves the signature, for the signer to keep. */
export const { GET, DELETE, OPTIONS, PATCH, POST, PUT } = signerFile(async (program, signer) => {
  const dossier = await readOwnDossier(program, signer);
  return dossier.ok ? { ok: true, answer: dossierAnswer(dossier, signer.sessionId) } : dossier;
});
