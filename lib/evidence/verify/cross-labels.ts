import { acceptedEvent, type Dossier } from './dossier.ts';
import { capturedField, type EvidenceRecord, notCapturedField } from './records.ts';
import { type Finding, inputError, tampered } from './verdict.ts';

/** Who may say a field, and for which reasons it may be missing. Nobody may say what this portal never captures. */
type Label = { by: readonly string[]; missing: readonly string[]; needsAcceptance?: true };

const unknownBuild = ['development_server', 'no_build_manifest'] as const;
const noReply = ['reply_not_readable', 'lender_did_not_answer', 'not_delivered'] as const;

/**
 * The label of every field of the format, group by group. A word of the browser is forgeable and one of the server is not, so the label is
 * evidence like the value. What a portal says of its own keeping has none: terms and holds change it later.
 */
const labels: Record<Exclude<keyof EvidenceRecord, 'signingSessionId' | 'final' | 'events' | 'keeping'>, Labels> = {
  transaction: {
    ...said('server', 'signingSessionId workspaceId language status createdAt expiresAt assuranceLevel'),
    ...said('server', 'startedAt', 'not_started'),
    ...said('server', 'closedAt', 'still_open'),
    ...said('server', 'policyVersion', 'not_recorded'),
    ...said('server', 'assuranceFactors', 'not_opened'),
    ...said('merchant', 'orderId debtKey provider merchantLegalName lenderLegalName'),
    ...said('merchant', 'signingDeadline finalDueDate', 'not_given'),
    ...said('merchant signer', 'closingWords', 'not_given'),
  },
  document: {
    ...said('merchant', 'title version language summary', 'not_given'),
    ...said('server', 'sha256 sha3_256 displaySha256 byteLength characterCount'),
  },
  presentation: {
    ...said('server', 'uiLocale'),
    ...said('server', 'downloadedAt', 'not_downloaded'),
    ...said('', 'scrolledToEnd msOnText prefersReducedMotion', 'not_measured'),
    ...ofAcceptance({
      ...said('server', 'notice buttonLabel boxesAtStart uiBuildId summarySha256'),
      ...said('server', 'templateSha256 cssSha256 scriptSha256', 'page_of_another_build', ...unknownBuild),
      ...said(
        'browser',
        'displayIntegrity displayedSha256 viewport devicePixelRatio timeZone',
        'browser_did_not_report',
      ),
    }),
  },
  signer: said('merchant signer', 'name email identity phone', 'not_given'),
  act: ofAcceptance({
    ...said('server', 'acceptedAt offerId offerIssuedAt submitRequestId receiptCode detailsVersion'),
    ...said('signer', 'boxesTicked'),
    ...said('', 'submitAttempt', 'not_counted'),
    ...said('', 'tickTimes inputHints', 'not_measured'),
  }),
  network: {
    ...said('', 'geolocation', 'not_asked'),
    ...said('', 'ipLocationEstimate', 'not_estimated'),
    ...ofAcceptance({
      ...said('server', 'ip', 'address_unknown'),
      ...said('server', 'sourcePort', 'proxy_did_not_pass_it'),
      ...said('server', 'socketPort', 'socket_unknown'),
      ...said('server', 'ipTrust socketPeer'),
      ...said('browser', 'rawForwarded userAgent acceptLanguage clientHints', 'header_absent'),
      ...said('', 'tlsVersion tlsCipher', 'tls_ends_before_portal'),
    }),
  },
  authentication: {
    ...said('server', 'type linkDelivery tokenIssuedAt'),
    ...said('server', 'linkFirstOpenedAt', 'not_opened'),
    ...said('', 'oneTimeCode', 'not_asked'),
    ...said('', 'merchantAuthentication', 'not_given'),
  },
  delivery: ofAcceptance({
    ...said('server', 'status bodySha256 attempts'),
    ...said('server', 'deliveredAt deliveredBy', 'not_delivered'),
    ...said('', 'connectTimes', 'not_measured'),
    ...said('lender', 'replySha256 lenderStatus lenderKey lenderEventDatetime', 'not_in_reply', ...noReply),
    ...said('lender', 'lenderWords', 'no_complaint', ...noReply),
    ...said('lender', 'laterDebtStates', 'lender_did_not_tell', 'not_asked'),
  }),
  integrity: {
    ...said('server', 'acceptanceRecordSha256', 'not_accepted'),
    ...ofAcceptance({
      ...said('server', 'softwareBuild softwareVersion lockSha256 sourcesSha256', ...unknownBuild),
      ...said('server', 'softwareCommit', 'no_repository', 'sources_differ_from_commit', ...unknownBuild),
    }),
    ...said('server', 'eventChain'),
    ...said('server', 'log', 'waiting_for_log'),
    ...said('tsa', 'timeStamps', 'waiting_for_log', 'none_yet'),
    ...said('server', 'timeStampsPending', 'waiting_for_log', 'none_pending'),
    ...said('', 'timeStampRevocation', 'not_fetched'),
    ...said('', 'clockOffset', 'not_measured'),
    ...said('server', 'witnesses', 'waiting_for_log', 'none_yet'),
  },
};

type Labels = Record<string, Label>;

/** Fields that tell of an acceptance: without one they have nothing to say. */
function ofAcceptance(group: Labels): Labels {
  return Object.fromEntries(Object.entries(group).map(([name, label]) => [name, { ...label, needsAcceptance: true }]));
}
const silenced: Label = { by: [], missing: ['not_accepted'] };

function said(by: string, names: string, ...missing: string[]): Labels {
  return Object.fromEntries(names.split(' ').map((name) => [name, { by: by.split(' ').filter(Boolean), missing }]));
}

/** Whether evidence.json names for each of its words the one who can have said it, and for each gap a reason that there can be. */
export function crossLabels(dossier: Dossier, evidence: EvidenceRecord): Finding[] {
  const isAccepted = acceptedEvent(dossier) !== undefined;
  return [
    ...Object.entries(labels).flatMap(([name, known]) => {
      const group = evidence[name as keyof typeof labels];
      return [
        ...strangersIn(group, name, known),
        ...Object.entries(known).flatMap(([field, label]) =>
          crossLabel(group, `${name}.${field}`, label.needsAcceptance && !isAccepted ? silenced : label),
        ),
      ];
    }),
    ...evidence.presentation.consents.flatMap(({ id, source }) =>
      source === 'server' ? [] : [tampered(`evidence.json names another source of the consent ${id}`)],
    ),
    ...evidence.events.flatMap(({ actor, source }, index) =>
      // The lender's word reached the server; whatever else happened, the server saw itself.
      source === (actor === 'lender' ? 'lender' : 'server')
        ? []
        : [tampered(`evidence.json names another source of event ${index + 1}`)],
    ),
  ];
}

/** No record stands behind a field that the format does not have. */
function strangersIn(group: Record<string, unknown>, name: string, known: Labels): Finding[] {
  const others = Object.keys(group).filter((field) => !Object.hasOwn(known, field) && field !== 'consents');
  return others.map(() => inputError(`${name} of evidence.json has a field that this format does not have`));
}

function crossLabel(group: Record<string, unknown>, path: string, { by, missing }: Label): Finding[] {
  const name = path.slice(path.indexOf('.') + 1);
  if (!Object.hasOwn(group, name)) return [];
  const found = group[name];
  if (capturedField(found))
    return by.includes(found.source) ? [] : [tampered(`${path} of evidence.json cannot be said by ${found.source}`)];
  if (!notCapturedField(found))
    return [inputError(`${path} of evidence.json is neither captured nor said to be missing`)];
  return missing.includes(found.reason)
    ? []
    : [tampered(`${path} of evidence.json cannot be missing for the reason "${found.reason}"`)];
}
