import { documentAnswer } from '#lib/http/download-answer.ts';
import { readOwnDocument } from '#lib/usecases/signer/read-own-document.ts';
import { signerFile } from '../signer-file.ts';

/** The signed contract and its certificate as one PDF, for the signer to keep. */
export const { GET, DELETE, OPTIONS, PATCH, POST, PUT } = signerFile(async (program, signer) => {
  const document = await readOwnDocument(program, signer);
  return document.ok ? { ok: true, answer: documentAnswer(document, signer.sessionId) } : document;
});
