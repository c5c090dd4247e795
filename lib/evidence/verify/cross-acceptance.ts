import { utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { receiptPromiseMs } from '#lib/domain/receipt-promise.ts';
import { areSameBytes } from '#lib/evidence/log/same-bytes.ts';
import { agree, fieldsAgree, sha256Hex } from './compare.ts';
import { acceptedEvent, type Dossier } from './dossier.ts';
import type { AcceptanceRecord, DetailsRecord, EventRecord, EvidenceRecord } from './records.ts';
import { type Finding, tampered } from './verdict.ts';

/** Whether acceptance, consents and receipt agree with the parts and the events, and whether there are none when nobody accepted. */
export function crossAcceptance(dossier: Dossier, details: DetailsRecord | undefined): Finding[] {
  const accepted = acceptedEvent(dossier);
  if (!accepted) return crossNothing(dossier);
  const { acceptance, evidence } = dossier;
  if (!acceptance) return [];
  return [
    ...crossAct(dossier, acceptance, accepted),
    ...(details ? crossDetails(acceptance, details) : []),
    ...crossConsents(dossier, acceptance),
    ...crossReceipt(dossier, acceptance, accepted),
    ...(evidence ? crossEvidenceOfAct(dossier, evidence, acceptance) : []),
  ];
}

const onlyWhenAccepted = /^(?:receipt\.(?:json|sig)|consent\/.*|lender\/response\.json)$/;

function crossNothing({ files, evidence }: Dossier): Finding[] {
  return [
    ...[...files.keys()]
      .filter((name) => onlyWhenAccepted.test(name))
      .map((name) => tampered(`${name} is there, and nobody accepted`)),
    ...(evidence
      ? [
          ...agree('presentation.consents of evidence.json', evidence.presentation.consents, []),
          ...fieldsAgree('act', evidence.act, { acceptedAt: undefined }),
          ...fieldsAgree('network', evidence.network, { ip: undefined }),
          ...fieldsAgree('integrity', evidence.integrity, { acceptanceRecordSha256: undefined }),
        ]
      : []),
  ];
}

function crossAct(
  { files, events, contractFacts }: Dossier,
  acceptance: AcceptanceRecord,
  accepted: EventRecord,
): Finding[] {
  const contract = files.get('contract.txt');
  const { contractSha256, detailsVersion, offer, acceptedAt, request, summary, summarySha256 } = acceptance;
  const { requestId, ...network } = request;
  const { commits: _, words: __, ...seen } = accepted.private ?? {};
  const isTimely = (events[0]?.occurredAt ?? '') <= acceptedAt && acceptedAt <= accepted.occurredAt;
  return [
    ...(contract ? agree('the contract in acceptance.json', contractSha256, sha256Hex(contract)) : []),
    ...agree('what the event says of the acceptance', accepted.data.contractSha256, contractSha256),
    ...agree('the version of the details in acceptance.json', accepted.data.detailsVersion, detailsVersion),
    ...agree('the offer in acceptance.json', accepted.data.offerId, offer.id),
    ...(isTimely
      ? []
      : [tampered('the instant in acceptance.json does not lie between the first event and the acceptance')]),
    ...(contractFacts ? agree('the summary in acceptance.json', summary, contractFacts.summary) : []),
    ...agree('the hash of the summary in acceptance.json', summarySha256, sha256Hex(canonicalJson(summary))),
    ...agree('the network facts in acceptance.json', network, seen),
    ...agree('the request in acceptance.json', requestId, accepted.requestId),
  ];
}

function crossDetails(acceptance: AcceptanceRecord, { version, details }: DetailsRecord): Finding[] {
  return [
    ...agree('the version of the details in acceptance.json', acceptance.detailsVersion, version),
    ...agree('the details in acceptance.json', acceptance.details, details),
  ];
}

const boxes = ['agreeContract', 'agreeMethod'];

function crossConsents({ files }: Dossier, { consents, notice, boxesTicked }: AcceptanceRecord): Finding[] {
  const shown = [...consents.map(({ box, ...text }) => ({ ...text, file: box })), { ...notice, file: 'notice' }];
  return [
    ...agree(
      'the boxes in acceptance.json',
      consents.map(({ box }) => box),
      boxes,
    ),
    ...agree('the ticked boxes in acceptance.json', boxesTicked, boxes),
    ...shown.flatMap(({ file, text, sha256 }) => {
      const kept = files.get(`consent/${file}.txt`);
      return [
        ...agree(`the hash of ${file} in acceptance.json`, sha256, sha256Hex(text)),
        ...(kept && !areSameBytes(kept, utf8ToBytes(text))
          ? [tampered(`consent/${file}.txt is not the text that was shown`)]
          : []),
      ];
    }),
  ];
}

function crossReceipt({ receipt, manifest }: Dossier, acceptance: AcceptanceRecord, { hash }: EventRecord): Finding[] {
  if (!receipt) return [];
  const { acceptedAt, receiptCode, contractSha256 } = acceptance;
  return agree('receipt.json', receipt, {
    acceptedAt,
    contractSha256,
    eventHash: hash,
    format: receipt.format,
    promisedBy: new Date(Date.parse(acceptedAt) + receiptPromiseMs).toISOString(),
    receiptCode,
    signingSessionId: manifest.signingSessionId,
  });
}

const networkFields = [
  'ip',
  'sourcePort',
  'ipTrust',
  'socketPeer',
  'socketPort',
  'rawForwarded',
  'userAgent',
  'acceptLanguage',
] as const;

function crossEvidenceOfAct({ files }: Dossier, evidence: EvidenceRecord, acceptance: AcceptanceRecord): Finding[] {
  const { presentation, act, network, integrity } = evidence;
  const { notice, buttonLabel, boxesAtStart, offer, summarySha256, request } = acceptance;
  const { acceptedAt, boxesTicked, receiptCode, detailsVersion } = acceptance;
  const record = files.get('acceptance.json');
  const words = ({ id, version, language, text, sha256 }: AcceptanceRecord['notice']) => [
    id,
    version,
    language,
    text,
    sha256,
  ];
  return [
    ...agree(
      'presentation.consents of evidence.json',
      presentation.consents.map(words),
      acceptance.consents.map(words),
    ),
    ...fieldsAgree('presentation', presentation, {
      notice,
      buttonLabel,
      boxesAtStart,
      uiBuildId: offer.build,
      summarySha256,
    }),
    ...fieldsAgree('act', act, { acceptedAt, boxesTicked, receiptCode, detailsVersion }),
    ...fieldsAgree('act', act, {
      offerId: offer.id,
      offerIssuedAt: offer.issuedAt,
      submitRequestId: request.requestId,
    }),
    ...fieldsAgree(
      'network',
      network,
      Object.fromEntries(networkFields.map((name) => [name, orAbsent(request[name])])),
    ),
    ...crossBrowserReport(evidence, acceptance),
    ...(record ? fieldsAgree('integrity', integrity, { acceptanceRecordSha256: sha256Hex(record) }) : []),
  ];
}

/** What the browser said of itself, which the evidence tells under names of its own. */
function crossBrowserReport({ presentation }: EvidenceRecord, { browserReport: report }: AcceptanceRecord): Finding[] {
  const said = (name: string) => (Object.hasOwn(report, name) ? orAbsent(report[name]) : undefined);
  return fieldsAgree('presentation', presentation, {
    displayIntegrity: said('displayCheck'),
    displayedSha256: said('displayedSha256'),
    viewport: said('viewport'),
    devicePixelRatio: said('pixelRatio'),
    timeZone: said('timeZone'),
  });
}

/** The evidence never shows an empty string; it says why there is nothing. */
const orAbsent = <T>(value: T): T | undefined => (value === '' ? undefined : value);
