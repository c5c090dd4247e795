import type { EvidenceView } from '#lib/schema/evidence.ts';
import type { AcceptanceRecord } from './acceptance-record.ts';
import { field, notCaptured } from './field.ts';
import { pageFields } from './software-fields.ts';

const notAccepted = 'not_accepted';
/** What would say little and follow people about: a portal that watches fingers and eyes proves no more for it. */
const notMeasured = 'not_measured';
/** A page without script reports nothing of itself. */
const noReport = 'browser_did_not_report';

/** Group C: what stood on the page, word for word, and how the browser says it showed. */
export function presentationGroup(record: AcceptanceRecord | undefined): EvidenceView['presentation'] {
  if (!record) return { consents: [], buttonLabel: notCaptured(notAccepted), ...pageFields(record) };
  const { browserReport: report } = record;
  return {
    consents: record.consents.map(({ id, version, language, text, sha256 }) => ({
      id,
      version,
      language,
      text,
      sha256,
      source: 'server' as const,
    })),
    notice: field('server', record.notice),
    buttonLabel: field('server', record.buttonLabel),
    boxesAtStart: field('server', record.boxesAtStart),
    ...pageFields(record),
    summarySha256: field('server', record.summarySha256),
    displayIntegrity: field('browser', report.displayCheck, noReport),
    displayedSha256: field('browser', report.displayedSha256, noReport),
    viewport: field('browser', report.viewport, noReport),
    devicePixelRatio: field('browser', report.pixelRatio, noReport),
    timeZone: field('browser', report.timeZone, noReport),
    scrolledToEnd: notCaptured(notMeasured),
    prefersReducedMotion: notCaptured(notMeasured),
  };
}

/** Group E: the deliberate act. */
export function actGroup(record: AcceptanceRecord | undefined): EvidenceView['act'] {
  if (!record) return { acceptedAt: notCaptured(notAccepted) };
  return {
    acceptedAt: field('server', record.acceptedAt),
    boxesTicked: field('signer', record.boxesTicked),
    offerId: field('server', record.offer.id),
    offerIssuedAt: field('server', record.offer.issuedAt),
    submitRequestId: field('server', record.request.requestId),
    receiptCode: field('server', record.receiptCode),
    detailsVersion: field('server', record.detailsVersion),
    tickTimes: notCaptured(notMeasured),
    inputHints: notCaptured(notMeasured),
  };
}

/** Group F: whence the act came, as the server saw it. An address is not a person; the port tells apart those who share one. */
export function networkGroup(record: AcceptanceRecord | undefined): EvidenceView['network'] {
  if (!record)
    return { ip: notCaptured(notAccepted), sourcePort: notCaptured(notAccepted), ipTrust: notCaptured(notAccepted) };
  const { request } = record;
  return {
    ip: field('server', request.ip, 'address_unknown'),
    sourcePort: field('server', request.sourcePort, 'proxy_did_not_pass_it'),
    ipTrust: field('server', request.ipTrust),
    socketPeer: field('server', request.socketPeer),
    socketPort: field('server', request.socketPort, 'socket_unknown'),
    rawForwarded: field('browser', request.rawForwarded, 'header_absent'),
    userAgent: field('browser', request.userAgent, 'header_absent'),
    acceptLanguage: field('browser', request.acceptLanguage, 'header_absent'),
    geolocation: notCaptured('not_asked'),
    tlsVersion: notCaptured('proxy_did_not_pass_it'),
    ipLocationEstimate: notCaptured('not_estimated'),
  };
}
