import { detailFields } from '#lib/domain/signer-detail.ts';
import { saveDetails } from '#lib/usecases/signer/save-details.ts';
import { signerAct } from '../signer-act.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = signerAct((program, signer, form) =>
  saveDetails(program, signer, typedDetails(form)),
);

/** Only the fields that the page has; whatever else was posted is not looked at. */
function typedDetails(form: ReadonlyMap<string, string>) {
  return Object.fromEntries(detailFields.flatMap((field) => (form.has(field) ? [[field, form.get(field)]] : [])));
}
