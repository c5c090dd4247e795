/**
 * The words of the contract that a request may use. A word whose behaviour is not built is refused as `not_available`, so that
 * nothing is ever accepted and ignored.
 */
export const providers = ['opt-in'] as const;

export const interfaceLanguages = ['pt-BR', 'en', 'es', 'sv'] as const;
export type InterfaceLanguage = (typeof interfaceLanguages)[number];

export const verifications = ['none', 'email', 'sms'] as const;
export const builtVerifications = ['none'] as const satisfies readonly (typeof verifications)[number][];

export const geolocations = ['off', 'optional', 'required'] as const;
export const builtGeolocations = ['off'] as const satisfies readonly (typeof geolocations)[number][];

export const warningCodes = ['text_has_crlf', 'text_not_nfc', 'offer_under_two_days'] as const;
export type WarningCode = (typeof warningCodes)[number];

/** True for a language in which the signer's pages exist. */
export function isInterfaceLanguage(language: string | undefined): language is InterfaceLanguage {
  return (interfaceLanguages as readonly (string | undefined)[]).includes(language);
}
