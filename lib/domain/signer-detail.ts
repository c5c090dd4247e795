/** The four details that the lender needs of every signer. */
export const detailFields = ['name', 'email', 'identity', 'phone'] as const;
export type DetailField = (typeof detailFields)[number];

/** One detail as it is kept: the canonical value, who gave it, what the signer really typed, and what it replaced. */
export type KeptDetail = { value: string; source: 'merchant' | 'signer'; typed?: string; replaces?: string };
export type KeptDetails = Partial<Record<DetailField, KeptDetail>>;

/** The details that the lender needs are all there. */
export function hasAllDetails(details: KeptDetails): details is Record<DetailField, KeptDetail> {
  return detailFields.every((field) => details[field] !== undefined);
}

/** A name or an identity that the merchant gave is the contract's own and not the signer's to change; e-mail and phone always are. */
export function isLockedDetail(details: KeptDetails, field: DetailField): boolean {
  return (field === 'name' || field === 'identity') && details[field]?.source === 'merchant';
}

/**
 * Versions of the details that one session may have. Each is evidence for ever and a file of the dossier: far more than anybody in good
 * faith needs, and few enough that nobody makes a dossier too large to be written.
 */
export const detailsVersionsMax = 50;
