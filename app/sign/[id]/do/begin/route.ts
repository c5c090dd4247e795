import { beginSigning } from '#lib/usecases/signer/begin-signing.ts';
import { signerAct } from '../signer-act.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = signerAct((program, signer) =>
  beginSigning(program, signer),
);
