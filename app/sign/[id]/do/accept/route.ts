import { acceptForm } from '#lib/schema/accept-form.ts';
import { acceptContract } from '#lib/usecases/signer/accept-contract.ts';
import { signerAct } from '../signer-act.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = signerAct(
  (program, signer, form) => acceptContract(program, signer, acceptForm.parse(Object.fromEntries(form))),
  { isLimited: false },
);
