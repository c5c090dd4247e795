import { declineContract } from '#lib/usecases/signer/decline-contract.ts';
import { signerAct } from '../signer-act.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = signerAct((program, signer, form) =>
  declineContract(program, signer, { reason: form.get('reason') ?? '' }),
);
