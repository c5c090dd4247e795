import type { EvidenceView } from '#lib/schema/evidence.ts';
import type { AcceptanceRecord } from './acceptance-record.ts';
import { field, notCaptured } from './field.ts';
import { pageFields } from './software-fields.ts';

const notAccepted = 'not_accepted';
/** What would say little and follow people about: a portal that watches fingers and eyes proves no more for it. */
const notMeasured = 'not_measured';

/** What is missing from an acceptance is missing for a reason of its own; where nobody accepted, that is the reason. */
const reasonIn = (record: AcceptanceRecord | undefined) => (reason: string) => (record ? reason : notAccepted);

type Shown = { language: string; events: readonly { type: string; occurredAt: Date }[] };

/** Group C: what stood on the page, word for word, and how the browser says it showed. */
export function presentationGroup(record: AcceptanceRecord | undefined, shown: Shown): EvidenceView['presentation'] {
  const report = record?.browserReport;
  // A page without script reports nothing of itself.
  const noReport = reasonIn(record)('browser_did_not_report');
  const downloaded = shown.events.find(({ type }) => type === 'downloaded');
  return {
    consents: (record?.consents ?? []).map(({ id, version, language, text, sha256 }) => ({
      id,
      version,
      language,
      text,
      sha256,
      source: 'server' as const,
    })),
    notice: field('server', record?.notice, notAccepted),
    buttonLabel: field('server', record?.buttonLabel, notAccepted),
    boxesAtStart: field('server', record?.boxesAtStart, notAccepted),
    ...pageFields(record),
    summarySha256: field('server', record?.summarySha256, notAccepted),
    displayIntegrity: field('browser', report?.displayCheck, noReport),
    displayedSha256: field('browser', report?.displayedSha256, noReport),
    viewport: field('browser', report?.viewport, noReport),
    devicePixelRatio: field('browser', report?.pixelRatio, noReport),
    timeZone: field('browser', report?.timeZone, noReport),
    uiLocale: field('server', shown.language),
    downloadedAt: field('server', downloaded?.occurredAt.toISOString(), 'not_downloaded'),
    scrolledToEnd: notCaptured(notMeasured),
    msOnText: notCaptured(notMeasured),
    prefersReducedMotion: notCaptured(notMeasured),
  };
}

/** Group E: the deliberate act. */
export function actGroup(record: AcceptanceRecord | undefined): EvidenceView['act'] {
  const absent = reasonIn(record);
  return {
    acceptedAt: field('server', record?.acceptedAt, notAccepted),
    boxesTicked: field('signer', record?.boxesTicked, notAccepted),
    offerId: field('server', record?.offer.id, notAccepted),
    offerIssuedAt: field('server', record?.offer.issuedAt, notAccepted),
    submitRequestId: field('server', record?.request.requestId, notAccepted),
    // A form that was refused leaves a draft and no number.
    submitAttempt: notCaptured(absent('not_counted')),
    receiptCode: field('server', record?.receiptCode, notAccepted),
    detailsVersion: field('server', record?.detailsVersion, notAccepted),
    tickTimes: notCaptured(absent(notMeasured)),
    inputHints: notCaptured(absent(notMeasured)),
  };
}

/** The portal speaks HTTP; whatever encrypts stands in front of it, and no setting asks what it has agreed on. */
const tlsElsewhere = 'tls_ends_before_portal';

/** Group F: whence the act came, as the server saw it. An address is not a person; the port tells apart those who share one. */
export function networkGroup(record: AcceptanceRecord | undefined): EvidenceView['network'] {
  const request = record?.request;
  const absent = reasonIn(record);
  const noHeader = absent('header_absent');
  return {
    ip: field('server', request?.ip, absent('address_unknown')),
    sourcePort: field('server', request?.sourcePort, absent('proxy_did_not_pass_it')),
    ipTrust: field('server', request?.ipTrust, notAccepted),
    socketPeer: field('server', request?.socketPeer, notAccepted),
    socketPort: field('server', request?.socketPort, absent('socket_unknown')),
    rawForwarded: field('browser', request?.rawForwarded, noHeader),
    userAgent: field('browser', request?.userAgent, noHeader),
    acceptLanguage: field('browser', request?.acceptLanguage, noHeader),
    clientHints: field('browser', request?.clientHints, noHeader),
    geolocation: notCaptured('not_asked'),
    tlsVersion: notCaptured(absent(tlsElsewhere)),
    tlsCipher: notCaptured(absent(tlsElsewhere)),
    ipLocationEstimate: notCaptured('not_estimated'),
  };
}
