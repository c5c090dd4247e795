/**
 * Every field of an evidence JSON by its group, in the order of `evidence-and-law` section 3, whose numbers stand beside them. Each is there
 * in every state of a session: with a value and who says so, or with the reason why there is none. The contract's bytes (B1), the salts (J2)
 * and the bytes that went to the lender and came back (I1, I3) lie beside it in the dossier; here are their hashes. The events are H1.
 */
export const evidenceFields = {
  transaction: [
    ...['signingSessionId', 'provider'], // A1
    ...['workspaceId', 'orderId', 'debtKey', 'merchantLegalName', 'lenderLegalName'], // A2
    ...['createdAt', 'startedAt', 'expiresAt', 'closedAt', 'signingDeadline', 'finalDueDate', 'policyVersion'], // A3
    ...['assuranceLevel', 'assuranceFactors'], // A4
    ...['language', 'status', 'closingWords'],
  ],
  document: [
    ...['sha256', 'displaySha256', 'byteLength', 'characterCount'], // B2
    'sha3_256', // B3
    ...['title', 'version', 'language'], // B4
    'summary', // B5, with presentation.summarySha256
  ],
  presentation: [
    ...['notice', 'summarySha256'], // C1, with the list `consents`
    ...['buttonLabel', 'boxesAtStart'], // C2
    ...['uiBuildId', 'templateSha256', 'cssSha256', 'scriptSha256'], // C3
    ...['displayIntegrity', 'displayedSha256'], // C4
    ...['scrolledToEnd', 'msOnText', 'downloadedAt'], // C5
    ...['viewport', 'devicePixelRatio', 'uiLocale', 'timeZone', 'prefersReducedMotion'], // C6
  ],
  signer: ['name', 'email', 'identity', 'phone'], // D1 to D6
  act: [
    'acceptedAt', // E1
    ...['boxesTicked', 'tickTimes'], // E2
    ...['offerId', 'offerIssuedAt'], // E3
    ...['submitRequestId', 'submitAttempt'], // E4
    'inputHints', // E5
    ...['receiptCode', 'detailsVersion'],
  ],
  network: [
    'ip', // F1
    ...['sourcePort', 'socketPort'], // F2
    ...['ipTrust', 'socketPeer', 'rawForwarded'], // F3
    ...['userAgent', 'acceptLanguage', 'clientHints'], // F4
    ...['tlsVersion', 'tlsCipher'], // F5
    'geolocation', // F6
    'ipLocationEstimate', // F7
  ],
  authentication: [
    ...['linkDelivery', 'tokenIssuedAt', 'linkFirstOpenedAt'], // G1
    'oneTimeCode', // G2
    'merchantAuthentication', // G3
    'type', // G4
  ],
  delivery: [
    'bodySha256', // I1
    ...['status', 'attempts', 'connectTimes', 'deliveredAt', 'deliveredBy'], // I2
    ...['replySha256', 'lenderStatus', 'lenderKey', 'lenderEventDatetime', 'lenderWords'], // I3
    'laterDebtStates', // I4
  ],
  integrity: [
    ...['eventChain', 'acceptanceRecordSha256'], // J1
    ...['log', 'witnesses'], // J3
    ...['timeStamps', 'timeStampsPending', 'timeStampRevocation', 'clockOffset'], // J4
    ...['softwareBuild', 'softwareVersion', 'softwareCommit', 'lockSha256', 'sourcesSha256'], // J5
  ],
  keeping: ['retainAtLeastUntil', 'retainBasis', 'classes', 'legalHold', 'legalHolds', 'accesses'], // K1, K2
} as const;

/** The fields of one group, for people. */
export function fieldsOf(name: keyof typeof evidenceFields): string {
  return `Always there, with a value or the reason why there is none: ${evidenceFields[name].join(', ')}.`;
}
