import { acceptedEvent, type Dossier } from './dossier.ts';
import { capturedField, type EvidenceRecord, notCapturedField } from './records.ts';
import { type Finding, inputError, tampered } from './verdict.ts';

/** Who may say a field, and for which reasons it may be missing. Nobody may say what this portal never captures. */
type Label = { by: readonly string[]; missing: readonly string[] };

/**
 * The label of every field that this format knows, group by group. A word of the browser is forgeable and one of the server is not, so the
 * label is evidence like the value. Fields that a later portal adds, and what it says of its own keeping, have none.
 */
const labels: Record<'transaction' | Silent | 'document' | 'signer' | 'authentication' | 'integrity', Labels> = {
  transaction: {
    ...said('server', 'signingSessionId workspaceId language status createdAt expiresAt assuranceLevel'),
    ...said('server', 'startedAt', 'not_started'),
    ...said('server', 'closedAt', 'still_open'),
    ...said('merchant', 'orderId debtKey provider merchantLegalName lenderLegalName'),
    ...said('merchant', 'signingDeadline finalDueDate', 'not_given'),
    ...said('merchant signer', 'closingWords', 'not_given'),
  },
  document: {
    ...said('merchant', 'title version language summary', 'not_given'),
    ...said('server', 'sha256 sha3_256 displaySha256 byteLength characterCount'),
  },
  presentation: {
    ...said('server', 'notice buttonLabel boxesAtStart uiBuildId summarySha256'),
    ...said('browser', 'displayIntegrity displayedSha256 viewport devicePixelRatio timeZone', 'browser_did_not_report'),
    ...said('', 'scrolledToEnd prefersReducedMotion', 'not_measured'),
    ...said('', 'templateSha256', 'covered_by_build'),
  },
  signer: said('merchant signer', 'name email identity phone', 'not_given'),
  act: {
    ...said('server', 'acceptedAt offerId offerIssuedAt submitRequestId receiptCode detailsVersion'),
    ...said('signer', 'boxesTicked'),
    ...said('', 'tickTimes inputHints', 'not_measured'),
  },
  network: {
    ...said('server', 'ip', 'address_unknown'),
    ...said('server', 'sourcePort', 'proxy_did_not_pass_it'),
    ...said('server', 'socketPort', 'socket_unknown'),
    ...said('server', 'ipTrust socketPeer'),
    ...said('browser', 'rawForwarded userAgent acceptLanguage', 'header_absent'),
    ...said('', 'geolocation', 'not_asked'),
    ...said('', 'tlsVersion', 'proxy_did_not_pass_it'),
    ...said('', 'ipLocationEstimate', 'not_estimated'),
  },
  authentication: {
    ...said('server', 'type linkDelivery'),
    ...said('server', 'linkFirstOpenedAt', 'not_opened'),
    ...said('', 'oneTimeCode', 'not_asked'),
    ...said('', 'merchantAuthentication', 'not_given'),
  },
  delivery: {
    ...said('server', 'status bodySha256 attempts'),
    ...said('server', 'deliveredAt deliveredBy', 'not_delivered'),
    ...said('lender', 'lenderWords', 'lender_said_nothing'),
    ...said('', 'laterDebtStates', 'not_asked'),
  },
  integrity: {
    ...said('server', 'acceptanceRecordSha256', 'not_accepted'),
    ...said('server', 'eventChain'),
    ...said('server', 'log', 'waiting_for_log'),
    ...said('tsa', 'timeStamps', 'waiting_for_log', 'none_yet'),
    ...said('server', 'witnesses', 'waiting_for_log', 'none_yet'),
  },
};

type Labels = Record<string, Label>;

/** The groups that tell of an acceptance: without one they have nothing to say. */
const silent = ['presentation', 'act', 'network', 'delivery'] as const;
type Silent = (typeof silent)[number];
const silenced: Label = { by: [], missing: ['not_accepted'] };

function said(by: string, names: string, ...missing: string[]): Labels {
  return Object.fromEntries(names.split(' ').map((name) => [name, { by: by.split(' ').filter(Boolean), missing }]));
}

/** Whether evidence.json names for each of its words the one who can have said it, and for each gap a reason that there can be. */
export function crossLabels(dossier: Dossier, evidence: EvidenceRecord): Finding[] {
  const isAccepted = acceptedEvent(dossier) !== undefined;
  return [
    ...Object.entries(labels).flatMap(([group, known]) => {
      const isSilent = !isAccepted && silent.some((name) => name === group);
      return Object.entries(known).flatMap(([name, label]) =>
        crossLabel(evidence[group as keyof typeof labels], `${group}.${name}`, isSilent ? silenced : label),
      );
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
