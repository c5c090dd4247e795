import { objectToContract } from '#lib/usecases/signer/object-to-contract.ts';
import { signerAct } from '../signer-act.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = signerAct((program, signer, form) =>
  objectToContract(program, signer, 'dispute', { reason: form.get('reason') ?? '' }),
);
