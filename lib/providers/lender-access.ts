import type { LenderAuthScheme, LenderSignatureType } from '#lib/domain/settings.ts';
import type { Lender } from './lender.ts';
import type { LenderInbox } from './lender-inbox.ts';

/** What one contract with the lender needs: an address, an integration, both sides' keys (PEM), and how its pages are read. */
export type LenderSettings = {
  baseUrl: string;
  apiClientKey: string;
  privateKeyPem: string;
  /** Without it replies need no signature, and no notices are taken. */
  lenderPublicKeyPem?: string;
  authScheme: LenderAuthScheme;
  signatureType: LenderSignatureType;
  emptyPayload: '{}' | '';
  timestampZone: string;
};

/** A lender under one contract, both ways. */
export type LenderAccess = { lender: Lender; lenderInbox?: LenderInbox };

/** Makes the access; throws for keys, addresses or zones that can never work. */
export type OpenLender = (settings: LenderSettings) => LenderAccess;
