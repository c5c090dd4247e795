import { contractAnswer } from '#lib/http/download-answer.ts';
import { readContractBytes } from '#lib/usecases/signer/read-contract-bytes.ts';
import { signerFile } from '../signer-file.ts';

/** The exact bytes, for the signer to keep. */
export const { GET, DELETE, OPTIONS, PATCH, POST, PUT } = signerFile(async (program, signer) => {
  const text = await readContractBytes(program, signer);
  return text.ok ? { ok: true, answer: contractAnswer(text, signer.sessionId) } : text;
});
